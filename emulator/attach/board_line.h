// SPDX-License-Identifier: BSD-3-Clause
// The line between a computer in another process and the board it is built around: the computer
// asks, one register access at a time and with its own time in each question, and hears what the
// board has to say, the answer last. Both ends are ours and of one build; nothing here is kept.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/clock.h"

namespace emulator::attach {

/// How long a board's BIOS works before it starts an operating system; the ME is up by then.
inline constexpr base::Duration kBiosTime = std::chrono::seconds(3);
/// What a bus reads where nobody answers.
inline constexpr std::uint32_t kFloating = 0xFFFFFFFF;

/// What the computer asks.
struct BoardQuestion {
  enum class Kind : std::uint8_t {
    attach,  ///< the first: the answer's value is 1 when the board has a TPM
    run,     ///< what is due by now happens
    reset,   ///< the platform restarts
    config_read,
    config_write,
    bar_read,
    bar_write,
    tis_read,
    tis_write,
  };
  static constexpr std::size_t size = 20;

  Kind kind = Kind::run;
  std::uint8_t width = 4;  ///< bytes: 1, 2 or 4
  std::uint32_t offset = 0;
  std::uint32_t value = 0;
  std::int64_t now = 0;  ///< nanoseconds on the computer's clock
};

/// What the board says.
struct BoardWord {
  enum class Kind : std::uint8_t {
    answer,   ///< value; number: when to ask again, on the computer's clock
    intx,     ///< value: the new level
    message,  ///< number: the address, value: the data
    look,     ///< comes by itself: something has happened, ask
  };
  static constexpr std::size_t size = 16;

  Kind kind = Kind::answer;
  std::uint32_t value = 0;
  std::int64_t number = 0;
};

inline std::array<std::uint8_t, BoardQuestion::size> encode(const BoardQuestion& question) {
  std::array<std::uint8_t, BoardQuestion::size> bytes{};
  base::ByteWriter out(bytes);
  out.u8(static_cast<std::uint8_t>(question.kind));
  out.u8(question.width);
  out.u16(0);
  out.u32(question.offset);
  out.u32(question.value);
  out.u64(static_cast<std::uint64_t>(question.now));
  return bytes;
}

inline BoardQuestion decode_question(base::ByteView bytes) {
  base::ByteReader in(bytes);
  BoardQuestion question{.kind = static_cast<BoardQuestion::Kind>(in.u8()), .width = in.u8()};
  in.skip(2);
  question.offset = in.u32();
  question.value = in.u32();
  question.now = static_cast<std::int64_t>(in.u64());
  return question;
}

inline std::array<std::uint8_t, BoardWord::size> encode(const BoardWord& word) {
  std::array<std::uint8_t, BoardWord::size> bytes{};
  base::ByteWriter out(bytes);
  out.u8(static_cast<std::uint8_t>(word.kind));
  out.u8(0);
  out.u16(0);
  out.u32(word.value);
  out.u64(static_cast<std::uint64_t>(word.number));
  return bytes;
}

inline BoardWord decode_word(base::ByteView bytes) {
  base::ByteReader in(bytes);
  BoardWord word{.kind = static_cast<BoardWord::Kind>(in.u8())};
  in.skip(3);
  word.value = in.u32();
  word.number = static_cast<std::int64_t>(in.u64());
  return word;
}

}  // namespace emulator::attach
