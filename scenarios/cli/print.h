// SPDX-License-Identifier: BSD-3-Clause
// What mesim prints. Stories, machines and logs are other people's files: nothing they hold can
// control a terminal.
#pragma once

#include <iosfwd>
#include <string_view>

namespace scenarios::cli {

/// As a file to write: the standard output.
inline constexpr std::string_view kStandardOutput = "-";

/// To standard output, at once.
void say(std::string_view text);
/// To standard error, at once: where a report has standard output to itself.
void say_aside(std::string_view text);
/// A report that is made for programs, to standard output as it is.
void pass_on(std::string_view report);
void pass_on(std::istream& report);
/// "mesim: text", to standard error.
void complain(std::string_view text);
/// Whether everything said so far got out: the disk may be full.
bool all_was_said();

}  // namespace scenarios::cli
