// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/reading_outcome_words.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/log_line.h"
#include "updater/report/explanations.h"

namespace scenarios::field {
namespace {

using As = HeardLine::As;
using Table = std::span<const std::string_view>;

/// First words of a tool's error. The long ones count with one letter wrong or missing, too.
constexpr std::string_view kErrorWords[] = {
    "error",  "errors", "fehler",  "fehlercode", "erreur",   "errore",        "fatal",
    "failed", "fail",   "failure", "exception",  "critical", "fehlgeschlagen"};
constexpr std::string_view kShortErrorWords[] = {"err",    "fout",   "erro", "chyba", "hiba",
                                                 "virhe",  "fel",    "feil", "fejl",  "hata",
                                                 "eroare", "napaka", "viga", "abort", "aborted"};
/// A word in letters of another kind: it needs no blanks around it.
constexpr std::string_view kForeignErrorWords[] = {"шибк",   "помилк", "błąd", "грешк", "σφάλμα",
                                                   "エラー", "错误",   "錯誤", "오류",  "خطأ"};
/// Elsewhere in the line.
constexpr std::string_view kFailureWords[] = {
    "unable",       "refused",     "denied",       "rejected",      "invalid", "mismatch",
    "unsupported",  "timeout",     "crashed",      "halted",        "cannot",  "impossible",
    "incompatible", "abgebrochen", "abgelehnt",    "verweigert",    "echec",   "fallo",
    "fallida",      "mislukt",     "unsuccessful", "unsuccessfully"};
constexpr std::string_view kFailurePhrases[] = {"could not",
                                                "couldn't",
                                                "can not",
                                                "can't",
                                                "not able to",
                                                "not possible",
                                                "not supported",
                                                "not allowed",
                                                "not permitted",
                                                "not succe",
                                                "not compatible",
                                                "not match",
                                                "not fit",
                                                "not valid",
                                                "no response",
                                                "timed out",
                                                "not found",
                                                "out of memory",
                                                "konnte nicht",
                                                "kann nicht",
                                                "nicht m\xC3\xB6glich",
                                                "nicht moeglich",
                                                "nicht gefunden",
                                                "passt nicht",
                                                "stimmt nicht",
                                                "ung\xC3\xBCltig",
                                                "\xC3\xA9"
                                                "chec",
                                                "\xC3\xA9"
                                                "chou\xC3\xA9",
                                                "ne correspond pas",
                                                "pas compatible",
                                                "n'a pas pu",
                                                "non riuscit",
                                                "impossibile",
                                                "no se pudo",
                                                "no se puede",
                                                "n\xC3\xA3o foi",
                                                "niet mogelijk",
                                                "не уда",
                                                "невозможн",
                                                "не соответств",
                                                "失败",
                                                "失敗",
                                                "无法",
                                                "できません",
                                                "실패"};
constexpr std::string_view kSuccessWords[] = {
    "success", "successful", "successfully", "succeeded",     "complete", "completed",
    "done",    "finished",   "erfolgreich",  "abgeschlossen", "ok"};
/// A tool does not speak of itself, of its reader or of the post.
constexpr std::string_view kPersonWords[] = {
    "i",      "i'm",        "i've",    "i'll",     "my",          "we",      "our",
    "thanks", "thank",      "thx",     "hello",    "hi",          "regards", "cheers",
    "anyone", "anybody",    "someone", "somebody", "ideas",       "forum",   "post",
    "thread", "screenshot", "danke",   "hallo",    "gru\xC3\x9F", "ich",     "mein",
    "meine",  "wir",        "merci",   "bonjour",  "gracias",     "hola",    "ciao"};
constexpr std::string_view kPersonBeginnings[] = {
    "that was", "that is",  "that's",      "this is",  "this was", "here is",   "here are",
    "edit:",    "edited",   "solved",      "what ",    "why ",     "how ",      "does ",
    "is there", "any help", "please help", "and then", "so ",      "after that"};
constexpr std::string_view kSilencePhrases[] = {
    "nothing happens", "nothing more", "nothing else", "hangs",       "it hung",    "stuck",
    "freezes",         "frozen",       "stops here",   "stops there", "no further", "and that's it",
    "never returns",   "forever",      "(end",         "[...]"};
constexpr std::string_view kChatterPhrases[] = {"press any key",
                                                "beliebige taste",
                                                "please check the error message above",
                                                "terminate batch job",
                                                "the ac power is supplied",
                                                "firmware update takes about",
                                                "sent from my",
                                                "click to expand",
                                                "http://",
                                                "https://",
                                                "attached file"};
constexpr std::string_view kChatterBeginnings[] = {"code:",      "quote:",      "spoiler",
                                                   "attachment", "last edited", "pause"};
/// What may stand before the word that tells of an error: times, the tool's name, its subject.
constexpr std::string_view kBeforeTheError[] = {
    "mon", "tue",      "wed",      "thu",    "fri", "sat",    "sun",       "jan",   "feb",
    "mar", "apr",      "may",      "jun",    "jul", "aug",    "sep",       "oct",   "nov",
    "dec", "fwupdlcl", "exe",      "meupd",  "cmd", "meinfo", "meinfowin", "intel", "r",
    "me",  "fw",       "firmware", "update", "the", "a",      "an",        "tool",  "utility",
    "der", "die",      "das",      "le",     "la",  "l",      "un",        "une"};

constexpr std::size_t kLongestOfATool = 160;

bool is_in(Table words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool any_inside(Table phrases, std::string_view text) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view each) { return text.find(each) != text.npos; });
}

bool begins_with_any(Table phrases, std::string_view text) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view each) { return text.starts_with(each); });
}

bool is_real_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_of_a_word(char c) {
  return (c >= 'a' && c <= 'z') || is_real_digit(c) || c == '\'' || c == '|' || c == '$' ||
         c == '@' || static_cast<unsigned char>(c) >= 0x80;
}

/// As a reader of pictures confuses them.
struct Confused {
  char seen;
  char letter;
  char digit;
};
constexpr Confused kConfused[] = {
    {'0', 'o', '0'}, {'o', 'o', '0'}, {'1', 'l', '1'}, {'l', 'l', '1'}, {'|', 'l', '1'},
    {'i', 'i', '1'}, {'5', 's', '5'}, {'s', 's', '5'}, {'$', 's', '5'}, {'3', 'e', '3'},
    {'8', 'b', '8'}, {'b', 'b', '8'}, {'2', 'z', '2'}, {'z', 'z', '2'}, {'9', 'g', '9'},
    {'g', 'g', '9'}, {'q', 'q', '9'}, {'@', 'a', '@'}};

char as_letter(char c) {
  const auto row = std::find_if(std::begin(kConfused), std::end(kConfused),
                                [&](const Confused& each) { return each.seen == c; });
  return row == std::end(kConfused) ? c : row->letter;
}

char as_digit(char c) {
  const auto row = std::find_if(std::begin(kConfused), std::end(kConfused),
                                [&](const Confused& each) { return each.seen == c; });
  return row == std::end(kConfused) ? c : row->digit;
}

/// A word of a line in lower case, and where it stands.
struct LineWord {
  std::string text;
  std::string letters;  ///< its digits as letters
  std::size_t at = 0;
  std::size_t end = 0;
  bool is_number = false;
};

std::vector<LineWord> words_of_line(std::string_view lower) {
  std::vector<LineWord> words;
  for (std::size_t at = 0; at < lower.size();) {
    std::size_t end = at;
    while (end < lower.size() && is_of_a_word(lower[end])) ++end;
    if (end > at) {
      LineWord word{std::string(lower.substr(at, end - at)), {}, at, end};
      word.is_number = std::all_of(word.text.begin(), word.text.end(), is_real_digit);
      std::transform(word.text.begin(), word.text.end(), std::back_inserter(word.letters),
                     as_letter);
      words.push_back(std::move(word));
    }
    at = end + 1;
  }
  return words;
}

/// One letter is wrong, missing or too many.
bool is_nearly(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto apart = std::mismatch(a.begin(), a.end(), b.begin());
  if (apart.first == a.end()) return true;
  const std::size_t at = static_cast<std::size_t>(apart.first - a.begin());
  const std::size_t skipped = a.size() == b.size() ? at + 1 : at;
  return a.substr(skipped) == b.substr(at + 1);
}

bool is_error_word(const LineWord& word) {
  constexpr std::size_t kLongEnough = 5;
  if (is_in(kShortErrorWords, word.letters) || any_inside(kForeignErrorWords, word.text))
    return true;
  return std::any_of(std::begin(kErrorWords), std::end(kErrorWords), [&](std::string_view known) {
    return known == word.letters || (known.size() >= kLongEnough && is_nearly(known, word.letters));
  });
}

/// Of four digits, two of which may be letters that look like some.
std::optional<std::uint32_t> family_number(const std::string& text) {
  constexpr std::size_t kDigits = 4;
  constexpr std::uint32_t kSmallest = 8192;
  if (text.size() != kDigits) return std::nullopt;
  const auto real = std::count_if(text.begin(), text.end(), is_real_digit);
  std::uint32_t number = 0;
  for (const char c : text) {
    const char digit = as_digit(c);
    if (!is_real_digit(digit)) return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  const bool known = number >= kSmallest && updater::report::find_tool_error(number) != nullptr;
  return real >= 2 && known ? std::optional(number) : std::nullopt;
}

/// "0x2204", as some tools print it.
std::optional<std::uint32_t> family_number_in_hex(const std::string& text) {
  if (!text.starts_with("0x") || text.size() > 6) return std::nullopt;
  if (text.find_first_not_of("0123456789abcdef", 2) != text.npos) return std::nullopt;
  const auto number = static_cast<std::uint32_t>(std::stoul("0" + text.substr(2), nullptr, 16));
  return family_number(std::to_string(number));
}

bool stands_in_brackets(std::string_view lower, const LineWord& word) {
  constexpr std::string_view kBrackets = "([{<";
  const std::size_t before = lower.substr(0, word.at).find_last_not_of(' ');
  return before != lower.npos && kBrackets.find(lower[before]) != kBrackets.npos;
}

/// Close behind a word for an error, in brackets, or at the line's beginning: a year or a model of
/// a computer has four digits, too.
std::optional<std::uint32_t> number_in(std::string_view lower, const std::vector<LineWord>& words) {
  constexpr std::size_t kClose = 16;
  const LineWord* error = nullptr;
  for (const LineWord& word : words) {
    auto number = family_number(word.text);
    if (!number) number = family_number_in_hex(word.text);
    const bool close = error != nullptr && word.at - error->end <= kClose;
    const bool first = &word == words.data();
    if (number && (close || first || stands_in_brackets(lower, word))) return number;
    if (is_error_word(word)) error = &word;
  }
  return std::nullopt;
}

/// The first word that is not of a time, the tool's name or its subject; null: it is none for
/// an error.
const LineWord* leading_error(const std::vector<LineWord>& words) {
  constexpr std::size_t kMostBefore = 12;
  for (std::size_t i = 0; i < std::min(words.size(), kMostBefore); ++i) {
    if (is_error_word(words[i])) return &words[i];
    const bool digits = words[i].text.find_first_not_of("0123456789tz") == std::string::npos;
    if (!digits && !is_in(kBeforeTheError, words[i].text)) return nullptr;
  }
  return nullptr;
}

bool is_marked(std::string_view lower, const LineWord& error) {
  const std::size_t next = lower.find_first_not_of(" ])}", error.end);
  return next == lower.npos ||
         std::string_view("([{<:-=#0123456789").find(lower[next]) != std::string_view::npos;
}

/// Behind "C:\DRIVERS>", "$ ", "root@host:~# "; npos: there is no prompt.
std::size_t end_of_prompt(std::string_view line) {
  if (line == "$" || line == "#" || line.starts_with("$ ") || line.starts_with("# ")) return 1;
  const std::size_t drive = line.starts_with("PS ") ? 3 : 0;
  const bool dos = line.size() > drive + 2 && line[drive + 1] == ':' && line[drive + 2] != ' ';
  if (dos && line.find('>') != line.npos) return line.find('>') + 1;
  const std::size_t at = line.find('@');
  const std::size_t end = line.find_first_of("#$");
  const bool shell = at != line.npos && end != line.npos && at < end && line.find(' ') > at;
  return shell ? end + 1 : line.npos;
}

As tone(std::string_view lower, const std::vector<LineWord>& words, const HeardLine& heard) {
  const auto any = [&](Table table) {
    return std::any_of(words.begin(), words.end(), [&](const LineWord& word) {
      return is_in(table, word.text) || is_in(table, word.letters);
    });
  };
  if (any_inside(kChatterPhrases, lower) || begins_with_any(kChatterBeginnings, lower))
    return As::chatter;
  if (heard.is_marked_error || heard.number) return As::failure;
  if (any_inside(kSilencePhrases, lower)) return As::silence;
  const bool person = begins_with_any(kPersonBeginnings, lower) || any(kPersonWords);
  if (person || lower.size() > kLongestOfATool) return As::person;
  const bool error = std::any_of(words.begin(), words.end(), is_error_word);
  if (error || any(kFailureWords) || any_inside(kFailurePhrases, lower)) return As::failure;
  return any(kSuccessWords) ? As::success : As::unclear;
}

/// The fewest changes that make `whole` the beginning of `text`.
std::size_t changes_to_begin(std::string_view whole, std::string_view text) {
  std::vector<std::size_t> row(text.size() + 1);
  for (std::size_t k = 0; k <= text.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= whole.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t k = 1; k <= text.size(); ++k) {
      const std::size_t changed = diagonal + (whole[i - 1] == text[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({changed, row[k] + 1, row[k - 1] + 1});
    }
  }
  return *std::min_element(row.begin(), row.end());
}

std::string in_letters(std::string_view text) {
  std::string letters = lower_case(text);
  std::transform(letters.begin(), letters.end(), letters.begin(), as_letter);
  return letters;
}

}  // namespace

HeardLine hear(std::string_view line) {
  HeardLine heard;
  if (const std::size_t prompt = end_of_prompt(line); prompt != line.npos) {
    heard.is_prompt = true;
    line = trimmed(line.substr(prompt));
  }
  const std::string lower = lower_case(line.substr(0, 4 * kLongestOfATool));
  const std::vector<LineWord> words = words_of_line(lower);
  const LineWord* error = leading_error(words);
  heard.begins_with_error = error != nullptr;
  heard.is_marked_error = error != nullptr && is_marked(lower, *error);
  heard.number = number_in(lower, words);
  heard.as = tone(lower, words, heard);
  if (heard.is_prompt && heard.as != As::failure) heard.as = As::chatter;
  return heard;
}

std::string_view nearest_beginning(std::string_view line,
                                   const std::vector<std::string_view>& beginnings) {
  constexpr std::size_t kShortest = 6;
  constexpr std::size_t kSpare = 4;
  const std::string text = in_letters(line);
  std::string_view nearest;
  std::size_t fewest = text.size();
  for (const std::string_view each : beginnings) {
    if (each.size() < kShortest) continue;
    const std::size_t changes =
        changes_to_begin(in_letters(each), std::string_view(text).substr(0, each.size() + kSpare));
    const bool near = changes * 4 <= each.size();
    if (!near || changes > fewest || (changes == fewest && each.size() <= nearest.size())) continue;
    fewest = changes;
    nearest = each;
  }
  return nearest;
}

}  // namespace scenarios::field
