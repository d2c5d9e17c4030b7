// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/pasted.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "protocol/heci/firmware_status.h"
#include "protocol/tools/number_in_text.h"
#include "updater/report/explanations.h"

namespace updater::report {
namespace {

using protocol::tools::whole_number;

constexpr std::size_t kMostText = 1 << 20;
constexpr std::size_t kMostNumbers = 64;

std::string folded(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

bool holds_any(std::string_view line, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](std::string_view phrase) {
    return line.find(phrase) != std::string_view::npos;
  });
}

constexpr std::string_view kFlashToolWords[] = {
    "fpt",   "flash programming tool",       "host cpu does not have", "protected range register",
    "fprog", "write protection for the bios"};
constexpr std::string_view kOtherToolWords[] = {
    "fwupdlcl", "firmware update utility", "meinfo", "memanuf", "me_cleaner", "communication mode"};
constexpr std::string_view kErrorWords[] = {"error",  "err0r", "fehler", "erreur",
                                            "errore", "fout",  "code",   "status"};
constexpr std::string_view kExitWords[] = {"exit status", "exit code", "exited with",
                                           "returned",    "exit",      "rc"};

/// "This device cannot start. (Code 10)": Windows' device manager has numbers of its own.
constexpr std::string_view kBeforeWindowsNumber = "(code ";

/// Of status words, where tools, kernels and people put one before them.
constexpr std::string_view kStatusLabels[] = {"status", "hfs", "fwsts", "register", "word"};
constexpr std::size_t kStatusDigits = 8;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_hexadecimal(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

bool is_decimal(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_of_the_family(std::uint32_t number) {
  constexpr std::uint32_t kFirst = 8192;
  return number >= kFirst && find_tool_error(number) != nullptr;
}

/// Whether the text that ends at `before` ends with `word`, as a word of its own.
bool ends_with_word(std::string_view before, std::string_view word) {
  if (!before.ends_with(word)) return false;
  const std::size_t at = before.size() - word.size();
  return at == 0 || !is_word(before[at - 1]);
}

std::string_view without_marks_at_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t:=([{#<\"'-");
  return last == text.npos ? std::string_view{} : text.substr(0, last + 1);
}

/// A line without its case, and what it is about.
class PastedLine {
 public:
  PastedLine(std::string line, SaidBy by, Pasted& into)
      : line_(std::move(line)), by_(by), into_(into) {}

  void take() {
    for (std::size_t at = 0; at < line_.size();) {
      std::size_t end = at;
      while (end < line_.size() && is_word(line_[end])) ++end;
      if (end > at) take_word(at, end);
      at = end + 1;
    }
  }

 private:
  void take_word(std::size_t at, std::size_t end) {
    const std::string_view word = std::string_view(line_).substr(at, end - at);
    if (is_of_a_longer_one(at, end) || is_of_another_family()) return;
    if (word.starts_with("0x") && is_hexadecimal(word.substr(2)))
      return take_hexadecimal(word.substr(2), at);
    if (word.size() == kStatusDigits && is_hexadecimal(word) && !is_file_name(end))
      return take_status(word, at);
    if (is_hexadecimal_with_h(word)) return take_hexadecimal(word.substr(0, word.size() - 1), at);
    if (speaks_of_status()) return;
    if (const auto glued = number_glued_to_error(word)) return take_number(*glued, SaidAs::error);
    const SaidAs as = said_as(at, end);
    if (const auto misread = as == SaidAs::error ? misread_number(word) : std::nullopt)
      return take_number(*misread, as);
    if (!is_decimal(word) || word.size() > 5) return;
    if (const auto value = whole_number(word)) take_number(*value, as);
  }

  /// "2211h", "1e040185h": of so many digits, the first one a decimal's, and so no word.
  static bool is_hexadecimal_with_h(std::string_view word) {
    if (!word.ends_with('h')) return false;
    word.remove_suffix(1);
    const bool long_enough = word.size() == 4 || word.size() == kStatusDigits;
    return long_enough && word[0] >= '0' && word[0] <= '9' && is_hexadecimal(word);
  }

  /// "error8721", "fehler8743"
  static std::optional<std::uint32_t> number_glued_to_error(std::string_view word) {
    const std::size_t digits = word.find_first_of("0123456789");
    if (digits == word.npos || !is_decimal(word.substr(digits))) return std::nullopt;
    const auto value = whole_number(word.substr(digits));
    const bool error =
        std::ranges::find(kErrorWords, word.substr(0, digits)) != std::end(kErrorWords);
    return error && value && is_of_the_family(*value) ? value : std::nullopt;
  }

  /// "87o4" behind a word for an error, as readers of pictures have it: a number of the family.
  static std::optional<std::uint32_t> misread_number(std::string_view word) {
    constexpr std::size_t kDigits = 4;
    if (word.size() != kDigits || is_decimal(word)) return std::nullopt;
    std::string digits(word);
    for (char& c : digits) {
      if (c == 'o') c = '0';
      if (c == 'l' || c == 'i') c = '1';
    }
    const auto value = is_decimal(digits) ? whole_number(digits) : std::nullopt;
    return value && is_of_the_family(*value) ? value : std::nullopt;
  }

  /// "8721/8729", "1e000245/60000006": two of a kind, and no path or date.
  bool sets_two_apart(std::size_t mark) const {
    const std::string_view all = line_;
    std::size_t begin = mark;
    while (begin > 0 && is_word(all[begin - 1])) --begin;
    std::size_t end = mark + 1;
    while (end < all.size() && is_word(all[end])) ++end;
    const std::string_view left = all.substr(begin, mark - begin);
    const std::string_view right = all.substr(mark + 1, end - mark - 1);
    if (left.size() != right.size()) return false;
    return (left.size() == kStatusDigits && is_hexadecimal(left) && is_hexadecimal(right)) ||
           (is_known_number(left) && is_known_number(right));
  }

  static bool is_known_number(std::string_view word) {
    const auto value = is_decimal(word) ? whole_number(word) : std::nullopt;
    return value && is_of_the_family(*value);
  }

  /// A part of a version, a date, a PCI address, a path.
  bool is_of_a_longer_one(std::size_t at, std::size_t end) const {
    const auto is_joint = [&](std::size_t i, std::size_t beyond) {
      if (beyond >= line_.size()) return false;
      if (line_[i] == ':') return std::isdigit(static_cast<unsigned char>(line_[beyond])) != 0;
      if (line_[i] == '/' && sets_two_apart(i)) return false;
      const bool joins = line_[i] == '.' || line_[i] == '/' || line_[i] == '\\';
      return joins && is_word(line_[beyond]);
    };
    if (at >= 1 && (line_[at - 1] == '-' || is_joint(at - 1, at - 2))) return true;
    return end + 1 < line_.size() && is_joint(end, end + 1);
  }

  bool is_file_name(std::size_t end) const {
    return end < line_.size() && line_[end] == '.' && end + 1 < line_.size();
  }

  void take_hexadecimal(std::string_view digits, std::size_t at) {
    constexpr std::size_t kShort = 4;
    const auto value = whole_number(digits, 16);
    if (!value) return;
    const bool small = digits.size() <= kShort || is_of_the_family(*value);
    if (small && !speaks_of_status()) {
      if (holds_numbers_only() || holds_any(line_, kErrorWords))
        take_number(*value, SaidAs::hexadecimal);
      return;
    }
    take_status(digits, at);
  }

  void take_status(std::string_view digits, std::size_t at) {
    const auto value = whole_number(digits, 16);
    const bool room = into_.status_words.size() < protocol::heci::kMostStatusWords;
    if (value && room && may_be_status(digits, at)) into_.status_words.push_back(*value);
  }

  /// What is named otherwise ("FW Capabilities: 0x01101C40", "RCBA at 0xfed1c000") is no status
  /// word; one that nothing names has all of its digits and stands among such words alone.
  bool may_be_status(std::string_view digits, std::size_t at) const {
    const std::string_view before = std::string_view(line_).substr(0, at);
    if (holds_any(before, kStatusLabels)) return true;
    const char* end = digits.data() + digits.size();
    const bool begins_uuid = end != line_.data() + line_.size() && *end == '-';
    return digits.size() == kStatusDigits && !begins_uuid && holds_numbers_only();
  }

  bool speaks_of_status() const {
    constexpr std::string_view kStatusWords[] = {"status reg", "me status",       "fw status",
                                                 "fw_status",  "firmware status", "hfs"};
    return holds_any(line_, kStatusWords);
  }

  /// What a TPM answers, and what a driver says of one, are numbers of other lists.
  bool is_of_another_family() const {
    return line_.find("tpm_tis") != line_.npos || line_.find("tpm tpm0") != line_.npos ||
           line_.find("tpm error") != line_.npos || line_.find("layer=t") != line_.npos;
  }

  /// Words of a status stand alone in their lines, as somebody pastes them; a part's identity, a
  /// register of the link or a size stands in a sentence.
  bool holds_numbers_only() const {
    for (std::size_t at = 0; at < line_.size();) {
      std::size_t end = at;
      while (end < line_.size() && is_word(line_[end])) ++end;
      std::string_view word = std::string_view(line_).substr(at, end - at);
      if (word.starts_with("0x")) word.remove_prefix(2);
      if (is_hexadecimal_with_h(word)) word.remove_suffix(1);
      if (!word.empty() && !is_hexadecimal(word)) return false;
      at = end + 1;
    }
    return true;
  }

  SaidAs said_as(std::size_t at, std::size_t end) const {
    const std::string_view all = line_;
    if (all.substr(0, at).ends_with(kBeforeWindowsNumber)) return SaidAs::bare;
    const std::string_view before = without_marks_at_end(all.substr(0, at));
    const auto value = whole_number(all.substr(at, end - at));
    const bool family = value && is_of_the_family(*value);
    for (const std::string_view word : kExitWords) {
      // No program ends with so large a number.
      if (ends_with_word(before, word)) return family ? SaidAs::error : SaidAs::exit_status;
    }
    // How an earlier update ended is no error of this run.
    const bool of_before = before.ends_with("update status") || before.ends_with("update staus");
    for (const std::string_view word : kErrorWords) {
      if (!of_before && ends_with_word(before, word)) return SaidAs::error;
    }
    const bool in_brackets = at > 0 && all[at - 1] == '(' && end < all.size() && all[end] == ')';
    if (in_brackets) return SaidAs::error;
    return family ? SaidAs::error : SaidAs::bare;
  }

  void take_number(std::uint32_t value, SaidAs as) {
    const bool alone = std::ranges::all_of(
        line_, [](char c) { return !std::isalpha(static_cast<unsigned char>(c)); });
    if (as == SaidAs::bare && !alone) return;
    const bool known = std::ranges::any_of(into_.numbers, [&](const SaidNumber& each) {
      return each.value == value && each.as == as && each.by == by_;
    });
    if (!known && into_.numbers.size() < kMostNumbers) into_.numbers.push_back({value, as, by_});
  }

  std::string line_;
  SaidBy by_;
  Pasted& into_;
};

SaidBy said_by(std::string_view line, SaidBy before) {
  if (holds_any(line, kFlashToolWords)) return SaidBy::flash_tool;
  return holds_any(line, kOtherToolWords) ? SaidBy::other_tool : before;
}

std::string short_version(const protocol::FirmwareVersion& version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

constexpr std::string_view kBoardWords[] = {"fw version",          "firmware now",
                                            "me firmware version", "current version",
                                            "me version",          "firmware version"};
constexpr std::string_view kToolBanners[] = {"utility version", "meinfo", "memanuf",
                                             "programming tool"};

void take_versions(std::string_view line, Pasted& into, bool& in_image_part) {
  if (line.find("image info") != line.npos) in_image_part = true;
  if (line.find("flash info") != line.npos) in_image_part = false;
  const auto version = protocol::tools::version_anywhere_in(line);
  if (!version || version->major == 0 || version->major > protocol::tools::kLastMajor) return;
  if (in_image_part && into.image_version.empty()) into.image_version = short_version(*version);
  if (holds_any(line, kBoardWords) && !in_image_part) {
    if (into.board_version.empty()) into.board_version = short_version(*version);
    into.generation = version->major;
  }
  if (into.generation == 0 && holds_any(line, kToolBanners)) into.generation = version->major;
}

/// "-f 81651568.bin"
void take_file_name(std::string_view line, Pasted& into) {
  const std::size_t dot = line.find(".bin");
  if (dot == line.npos || !into.image_version.empty()) return;
  std::size_t begin = dot;
  while (begin > 0 && line[begin - 1] != ' ' && line[begin - 1] != '/' && line[begin - 1] != '\\' &&
         line[begin - 1] != '"')
    --begin;
  into.image_version = protocol::tools::version_in_file_name(line.substr(begin, dot - begin));
}

std::string major_of(const std::string& version) {
  return version.substr(0, version.find('.'));
}

void add_sign(Pasted& into, Sign sign) {
  if (sign != Sign::none && !into.has(sign)) into.signs.push_back(sign);
}

void compare_versions(Pasted& into) {
  if (into.board_version.empty() || into.image_version.empty()) return;
  if (major_of(into.board_version) != major_of(into.image_version))
    add_sign(into, Sign::other_major_version);
}

void add_signs_of_status(Pasted& into) {
  using namespace protocol::heci;
  const auto status = read_status(into.status_words, into.generation);
  if (status && status->shows_nothing()) add_sign(into, Sign::status_all_zero);
  // A word whose state nobody has described says nothing by its other fields either.
  if (!status || !status->documented() || status->state_words() == nullptr) return;
  const auto first = status->first();
  // Nor does a server's.
  if (first[Hfs1::mode] == static_cast<std::uint32_t>(OperationMode::server))
    return add_sign(into, Sign::server_firmware);
  const auto is = [&](WorkingState state) {
    return first[Hfs1::state] == static_cast<std::uint32_t>(state);
  };
  const auto mode = static_cast<OperationMode>(first[Hfs1::mode]);
  if (is(WorkingState::recovery)) add_sign(into, Sign::recovery);
  if (is(WorkingState::halt)) add_sign(into, Sign::halted);
  if (first[Hfs1::error] == static_cast<std::uint32_t>(StatusError::image_failure))
    add_sign(into, Sign::image_failure);
  if (mode == OperationMode::alternate_disable) add_sign(into, Sign::alternate_disable);
  if (mode == OperationMode::jumper) add_sign(into, Sign::jumper);
  const bool ordered = mode != OperationMode::normal;  // it was told to stop there
  const bool failed = first[Hfs1::error] == static_cast<std::uint32_t>(StatusError::debug);
  if (is(WorkingState::initialising) && failed && !ordered) add_sign(into, Sign::hangs_in_bring_up);
  if (status->manufacturing().value_or(false)) add_sign(into, Sign::manufacturing);
  const auto second = status->second();
  if (second && (*second)[Hfs2::file_system_failure] != 0)
    add_sign(into, Sign::file_system_damaged);
}

/// That the driver could not start, or began anew, follows from what it says before.
void drop_what_follows(Pasted& into) {
  constexpr std::array kReasons = {Sign::driver_not_ready, Sign::driver_out_of_turn,
                                   Sign::driver_saw_restart, Sign::connect_unanswered,
                                   Sign::driver_gave_up};
  if (std::ranges::none_of(kReasons, [&](Sign sign) { return into.has(sign); })) return;
  std::erase(into.signs, Sign::driver_start_failed);
  std::erase(into.signs, Sign::driver_reset_link);
}

/// A tool that does not know a server's firmware calls its fields by an engine's words.
void keep_signs_of_server(Pasted& into) {
  constexpr Sign kOfTheFields[] = {Sign::recovery, Sign::image_failure, Sign::alternate_disable,
                                   Sign::jumper,   Sign::halted,        Sign::manufacturing};
  if (!into.has(Sign::server_firmware)) return;
  std::erase_if(into.signs, [&](Sign sign) {
    return std::ranges::find(kOfTheFields, sign) != std::end(kOfTheFields);
  });
}

void add_words_number(std::string_view line, SaidBy by, Pasted& into) {
  const std::uint32_t number = number_of_words(line);
  if (number != 0 && !into.has_number(number)) into.numbers.push_back({number, SaidAs::error, by});
}

}  // namespace

bool Pasted::has(Sign sign) const {
  return std::ranges::find(signs, sign) != signs.end();
}

bool Pasted::has_number(std::uint32_t value) const {
  return std::ranges::any_of(numbers, [&](const SaidNumber& each) { return each.value == value; });
}

Pasted read_pasted(std::string_view text) {
  Pasted pasted;
  SaidBy by = SaidBy::nobody;
  bool in_image_part = false;
  std::string before;
  std::string_view rest = text.substr(0, kMostText);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    const std::string line = folded(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    by = said_by(line, by);
    pasted.speaks = pasted.speaks || by != SaidBy::nobody || line.find("error") != line.npos;
    take_versions(line, pasted, in_image_part);
    take_file_name(line, pasted);
    PastedLine(line, by, pasted).take();
    add_words_number(before + " " + line, by, pasted);  // a narrow terminal may have wrapped them
    before = line;
    add_sign(pasted, sign_of(line));
  }
  compare_versions(pasted);
  add_signs_of_status(pasted);
  drop_what_follows(pasted);
  keep_signs_of_server(pasted);
  return pasted;
}

}  // namespace updater::report
