// SPDX-License-Identifier: BSD-3-Clause
// What mesim prints. Stories, machines and logs are other people's files: nothing they hold can
// control a terminal.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace scenarios::cli {

/// As a file to write: the standard output.
inline constexpr std::string_view kStandardOutput = "-";

/// To standard output, at once.
void say(std::string_view text);
/// To standard error, at once: where a report has standard output to itself.
void say_aside(std::string_view text);
/// On which of the two people read.
enum class Stream : std::uint8_t { out, err };
enum class Ink : std::uint8_t { plain, good, bad, soft };
/// The same in a colour; nothing but the colour gets past what say() holds back.
void say_in(Stream stream, Ink ink, std::string_view text);
/// Whether a person sees it as it comes: a terminal.
bool is_watched(Stream stream);
/// Whether colours are wanted there: a terminal that has them, and no NO_COLOR (no-color.org).
bool is_coloured(Stream stream);
/// A report that is made for programs, to standard output as it is.
void pass_on(std::string_view report);
void pass_on(std::istream& report);
/// "mesim: text", to standard error.
void complain(std::string_view text);
/// Whether everything said so far got out: the disk may be full.
bool all_was_said();

}  // namespace scenarios::cli
