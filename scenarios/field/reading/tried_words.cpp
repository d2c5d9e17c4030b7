// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/tried_words.h"

#include <algorithm>
#include <span>
#include <string>

#include "scenarios/field/reading/command_line.h"

namespace scenarios::field {
namespace {

using Words = std::span<const std::string_view>;

/// "switched on": the particle stands behind the verb, with at most two words between.
struct Verb {
  std::string_view done;    ///< "cleared"
  std::string_view base;    ///< "clear"
  std::string_view gerund;  ///< "clearing"
  std::string_view particle = {};
};

constexpr std::string_view kTpm[] = {"tpm", "itpm"};
constexpr std::string_view kAmt[] = {"amt", "me", "mebx"};
constexpr std::string_view kOwner[] = {"tpm", "owner", "owner's", "owners"};
constexpr std::string_view kPassword[] = {"password", "passphrase"};
constexpr std::string_view kMachine[] = {"it",    "pc",    "computer", "machine", "laptop",
                                         "mains", "power", "psu",      "board",   "everything"};
constexpr std::string_view kSource[] = {"plug", "cord", "mains", "battery", "cmos"};
constexpr std::string_view kPower[] = {"power", "mains", "battery", "psu"};
constexpr std::string_view kCycle[] = {"power"};
constexpr std::string_view kLocal[] = {"local"};
constexpr std::string_view kUpdate[] = {"update", "fwupdate"};
constexpr std::string_view kLockout[] = {"lockout", "lock-out"};
constexpr std::string_view kDeferred[] = {"deferred"};
constexpr std::string_view kPresence[] = {"presence"};

/// A verb with one word of each of two lists beside it in the same clause; an empty list asks
/// for none.
struct Deed {
  Tried tried;
  Verb verb;
  Words object = {};
  Words second_object = {};
};
constexpr Deed kDeeds[] = {
    {Tried::unprovision, {"unprovisioned", "unprovision", "unprovisioning"}},
    {Tried::unprovision, {"un-provisioned", "un-provision", "un-provisioning"}},
    {Tried::provision, {"provisioned", "provision", "provisioning"}, kAmt},
    {Tried::tpm_clear, {"cleared", "clear", "clearing"}, kTpm},
    {Tried::tpm_clear, {"gel\xC3\xB6scht", {}, {}}, kTpm},
    {Tried::tpm_clear, {"geloescht", {}, {}}, kTpm},
    {Tried::tpm_clear, {"effac\xC3\xA9", {}, {}}, kTpm},
    {Tried::tpm_disable, {"disabled", "disable", "disabling"}, kTpm},
    {Tried::tpm_disable, {"turned", "turn", "turning", "off"}, kTpm},
    {Tried::tpm_disable, {"switched", "switch", "switching", "off"}, kTpm},
    {Tried::tpm_disable, {"deaktiviert", {}, {}}, kTpm},
    {Tried::tpm_disable, {"d\xC3\xA9sactiv\xC3\xA9", {}, {}}, kTpm},
    {Tried::tpm_enable, {"enabled", "enable", "enabling"}, kTpm},
    {Tried::tpm_enable, {"turned", "turn", "turning", "on"}, kTpm},
    {Tried::tpm_enable, {"switched", "switch", "switching", "on"}, kTpm},
    {Tried::tpm_activate, {"activated", "activate", "activating"}, kTpm},
    {Tried::tpm_allow_unowned, {"set", "set", "setting"}, kDeferred, kPresence},
    {Tried::tpm_allow_unowned, {"allowed", "allow", "allowing"}, kDeferred, kPresence},
    {Tried::tpm_allow_unowned, {"enabled", "enable", "enabling"}, kDeferred, kPresence},
    {Tried::secret_change, {"changed", "change", "changing"}, kOwner, kPassword},
    {Tried::secret_given, {"gave", "give", "giving"}, kOwner, kPassword},
    {Tried::secret_given, {"entered", "enter", "entering"}, kOwner, kPassword},
    {Tried::secret_given, {"typed", "type", "typing"}, kOwner, kPassword},
    {Tried::secret_given, {"used", "use", "using"}, kOwner, kPassword},
    {Tried::open_local_update, {"enabled", "enable", "enabling"}, kLocal, kUpdate},
    {Tried::open_local_update, {"opened", "open", "opening"}, kLocal, kUpdate},
    {Tried::open_local_update, {"allowed", "allow", "allowing"}, kLocal, kUpdate},
    {Tried::open_local_update, {"switched", "switch", "switching", "on"}, kLocal, kUpdate},
    {Tried::open_local_update, {"turned", "turn", "turning", "on"}, kLocal, kUpdate},
    {Tried::wait, {"waited", "wait", "waiting"}, kLockout},
    {Tried::power_cycle, {"unplugged", "unplug", "unplugging"}, kMachine},
    {Tried::power_cycle, {"pulled", "pull", "pulling"}, kSource},
    {Tried::power_cycle, {"removed", "remove", "removing"}, kSource},
    {Tried::power_cycle, {"disconnected", "disconnect", "disconnecting"}, kPower},
    {Tried::power_cycle, {"cycled", "cycle", "cycling"}, kCycle},
    {Tried::power_cycle, {"power-cycled", "power-cycle", "power-cycling"}},
};

/// Every deed has one of them in its line: most lines of a log are let go at once.
constexpr std::string_view kStems[] = {"tpm",  "provision", "plug", "power", "mains",   "batter",
                                       "cord", "passw",     "lock", "local", "presence"};

struct SaidSo {
  std::string_view text;
  std::string_view instead;
};
/// Said of what was done and did not help; the rest asks what is to be done.
constexpr std::string_view kNoHelp = "no-help";
constexpr SaidSo kPhrases[] = {
    {"not help", kNoHelp},
    {"n't help", kNoHelp},
    {"not work", kNoHelp},
    {"n't work", kNoHelp},
    {"not fix", kNoHelp},
    {"n't fix", kNoHelp},
    {"not solve", kNoHelp},
    {"n't solve", kNoHelp},
    {"no help", kNoHelp},
    {"no luck", kNoHelp},
    {"no success", kNoHelp},
    {"without success", kNoHelp},
    {"no effect", kNoHelp},
    {"no change", kNoHelp},
    {"no difference", kNoHelp},
    {"nothing changed", kNoHelp},
    {"same error", kNoHelp},
    {"same result", kNoHelp},
    {"not change anything", kNoHelp},
    {"n't change anything", kNoHelp},
    {"have to ", "must "},
    {"has to ", "must "},
    {"try to ", "should "},
};

/// Not done, or not yet, or by nobody in particular: anywhere in the clause, or before it in
/// the sentence.
constexpr std::string_view kNotDone[] = {
    "not",       "never",        "no",          "none",          "neither",
    "nor",       "nobody",       "except",      "without",       "unless",
    "if",        "whether",      "should",      "could",         "would",
    "must",      "may",          "might",       "can",           "cannot",
    "will",      "shall",        "afraid",      "fear",          "want",
    "wanted",    "need",         "needs",       "option",        "instead",
    "please",    "advised",      "recommended", "recommend",     "suggest",
    "suggested", "told",         "says",        "said",          "manual",
    "guide",     "warning",      "plan",        "planned",       "going",
    "about",     "unable",       "impossible",  "forgot",        "refused",
    "avoid",     "avoided",      "dont",        "didnt",         "havent",
    "cant",      "wont",         "failed",      "almost",        "nearly",
    "nicht",     "kein",         "keine",       "nie",           "niemals",
    "wenn",      "falls",        "soll",        "sollte",        "muss",
    "nein",      "ob",           "kann",        "d\xC3\xBCrfte", "h\xC3\xA4tte",
    "haette",    "w\xC3\xBCrde", "wuerde",      "pas",           "jamais",
    "si"};
/// Anywhere in the sentence: it tells how the board is.
constexpr std::string_view kTellsAState[] = {"mode",        "state", "status",
                                             "operational", "owned", "unowned"};
/// Only before the verb: what is, and what others do.
constexpr std::string_view kNotByTheOwner[] = {"is",   "are",     "be",   "being",  "was",   "were",
                                               "you",  "someone", "they", "before", "until", "once",
                                               "when", "ist",     "est",  "where",  "war"};
constexpr std::string_view kBeganIt[] = {"did", "tried"};
constexpr std::string_view kBeforeGerund[] = {"tried", "after"};
constexpr std::string_view kBeforeNoun[] = {"did", "tried", "after", "nach"};

bool is_one_of(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool denies(std::string_view word) {
  return is_one_of(word, kNotDone) || word.ends_with("n't");
}

bool is_part_of_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || c == '-' || byte >= 0x80;
}

/// Words in lower case; ',' and '/' are words of their own.
std::vector<std::string_view> words_in(std::string_view sentence) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < sentence.size();) {
    std::size_t end = at;
    while (end < sentence.size() && is_part_of_word(sentence[end])) ++end;
    if (end > at) words.push_back(sentence.substr(at, end - at));
    const bool mark = end < sentence.size() && (sentence[end] == ',' || sentence[end] == '/');
    if (mark) words.push_back(sentence.substr(end, 1));
    at = end + 1;
  }
  return words;
}

/// One sentence and the deeds in it.
class Sentence {
 public:
  explicit Sentence(std::string_view text) : words_(words_in(text)) {}

  bool tells(const Deed& deed) const {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      if (tells_at(deed, at)) return true;
    }
    return false;
  }

 private:
  bool tells_at(const Deed& deed, std::size_t at) const {
    const bool gerund = words_[at] == deed.verb.gerund;
    if (!gerund && !is_done(deed, at)) return false;
    if (gerund && !has(kBeforeGerund, back(at, 3), at) && !has_no_help()) return false;
    const std::size_t end = clause_end(at);
    return has_particle(deed.verb, at) && has_objects(deed, at) && is_meant(at, end) &&
           (!gerund || is_meant(at, words_.size()));
  }

  /// "cleared", "disable/enable", "did clear", "tried to clear", "after TPM clear"
  bool is_done(const Deed& deed, std::size_t at) const {
    if (words_[at] == deed.verb.done) return true;
    if (deed.verb.base.empty() || words_[at] != deed.verb.base) return false;
    if (at + 1 < words_.size() && words_[at + 1] == "/") return true;
    if (has(kBeganIt, back(at, 2), at)) return true;
    const bool noun = at > 0 && is_one_of(words_[at - 1], deed.object);
    return noun && has(kBeforeNoun, back(at, 3), at);
  }

  bool has_particle(const Verb& verb, std::size_t at) const {
    if (verb.particle.empty()) return true;
    const std::size_t end = std::min(at + 4, clause_end(at));
    return std::find(words_.begin() + index(at), words_.begin() + index(end), verb.particle) !=
           words_.begin() + index(end);
  }

  bool has_objects(const Deed& deed, std::size_t at) const {
    const std::size_t begin = clause_begin(at);
    const std::size_t end = clause_end(at);
    return (deed.object.empty() || has(deed.object, begin, end)) &&
           (deed.second_object.empty() || has(deed.second_object, begin, end));
  }

  /// Nothing up to `end` says that it was not done.
  bool is_meant(std::size_t at, std::size_t end) const {
    return std::none_of(words_.begin(), words_.begin() + index(end), denies) &&
           !has(kNotByTheOwner, 0, at) && !has(kTellsAState, 0, words_.size());
  }

  bool has(Words any_of, std::size_t begin, std::size_t end) const {
    return std::any_of(words_.begin() + index(begin), words_.begin() + index(end),
                       [&](std::string_view word) { return is_one_of(word, any_of); });
  }
  bool has_no_help() const { return has(Words(&kNoHelp, 1), 0, words_.size()); }

  std::size_t clause_begin(std::size_t at) const {
    while (at > 0 && words_[at - 1] != ",") --at;
    return at;
  }
  std::size_t clause_end(std::size_t at) const {
    while (at < words_.size() && words_[at] != ",") ++at;
    return at;
  }
  static std::size_t back(std::size_t at, std::size_t count) { return at - std::min(at, count); }
  static std::ptrdiff_t index(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }

  std::vector<std::string_view> words_;
};

std::string with_phrases_replaced(std::string text) {
  for (const SaidSo& phrase : kPhrases) {
    for (std::size_t at = text.find(phrase.text); at != text.npos;
         at = text.find(phrase.text, at + phrase.instead.size() + 1)) {
      text.replace(at, phrase.text.size(), " " + std::string(phrase.instead) + " ");
    }
  }
  return text;
}

/// A file's name is nobody's word: "/sys/class/tpm/tpm0/device/enabled", "C:\\tpm\\cleared.txt".
std::string without_paths(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = text.find(' ', at);
    const std::size_t end = blank == text.npos ? text.size() : blank + 1;
    const std::string_view token = text.substr(at, end - at);
    const bool path = token.starts_with('/') || std::ranges::count(token, '/') > 1 ||
                      token.find('\\') != token.npos;
    kept += path ? std::string_view(" ") : token;
    at = end;
  }
  return kept;
}

/// Where the sentence at `at` ends: at its mark, or where a "but" turns it.
std::size_t end_of_sentence(std::string_view text, std::size_t at) {
  return std::min({text.find_first_of(".;!?", at), text.find(" but ", at), text.size()});
}

}  // namespace

std::vector<Tried> tried_in(std::string_view line) {
  std::vector<Tried> heard;
  std::string text = lower_case(line);
  const auto in_it = [&](std::string_view stem) { return text.find(stem) != text.npos; };
  if (std::none_of(std::begin(kStems), std::end(kStems), in_it)) return heard;
  text = with_phrases_replaced(without_paths(text));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_sentence(text, at);
    const bool asks = end < text.size() && text[end] == '?';
    const Sentence sentence(std::string_view(text).substr(at, end - at));
    for (const Deed& deed : kDeeds) {
      const bool known = std::find(heard.begin(), heard.end(), deed.tried) != heard.end();
      if (!asks && !known && sentence.tells(deed)) heard.push_back(deed.tried);
    }
    at = end + 1;
  }
  return heard;
}

}  // namespace scenarios::field
