// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "scenarios/field/explain/picture.h"

namespace scenarios::field {
namespace {

/// Up to this weight every log is replayed, to know what comes nearest; above it one that differs
/// is enough.
constexpr int kFullyLookedAt = 1;
/// What weighs no more needs no search for something better.
constexpr int kPlainEnough = 1;
/// Explanations around which others are looked for.
constexpr std::size_t kMostFound = 24;
/// Of runs with answers of their own: departures of the board's and of each run's.
constexpr int kMostOwnDepartures = 2;
/// Answers of one run that are combined with the others' ones, and combinations that are followed.
constexpr std::size_t kMostOfOneRun = 4;
constexpr std::size_t kMostFollowed = 32;
/// Explanations with answers of the runs' own that are shown.
constexpr std::size_t kMostMixed = 6;

class ExplanationSearch {
 public:
  explicit ExplanationSearch(FieldBench& bench) : bench_(bench), places_(bench.covered()) {
    result_.questions = open_questions(bench);
  }

  Explained run() {
    if (places_.empty()) return {};
    search();
    if (found_.empty()) {
      // A line that the owner left out must not cost every explanation.
      lines_may_be_missing_ = true;
      result_.tried = 0;
      search();
    }
    result_.heaviest = heaviest();
    result_.survivors = survivors();
    return std::move(result_);
  }

 private:
  struct Weighed {
    Choice choice;
    int weight = 0;
  };
  struct WeighedPicture {
    Picture picture;
    int weight = 0;
  };
  using Pictures = std::vector<WeighedPicture>;
  struct Found {
    Picture picture;
    Explanation explanation;
  };

  void search() {
    same_answers_in_all_runs();
    if (lightest_ > kPlainEnough && (found_.empty() || places_.size() > 1)) {
      own_answers_in_each_run();
      one_other_answer_in_one_run();
    }
  }

  bool fits(const ReplayedRun& run) const {
    return lines_may_be_missing_ ? run.fits() : run.fits_line_for_line();
  }

  void same_answers_in_all_runs() {
    for (const Weighed& each : by_weight(choices(questions(), std::nullopt, kMostDepartures))) {
      if (each.weight > heaviest()) break;
      const Picture picture(bench_, questions(), each.choice);
      if (picture.has_idle_answer()) continue;
      count_try();
      if (each.weight > kFullyLookedAt && !reproduces_all(picture)) continue;
      keep(picture);
    }
  }

  /// Logs that say all themselves need nothing else to explain them.
  int heaviest() const { return lightest_ == 0 ? 0 : std::max(kWeighedAtLeast, lightest_); }

  void count_try() {
    ++result_.tried;
    bench_.say(fmt::format("explanations: {} combinations tried, {} reproduce every log",
                           result_.tried, found_.size()));
  }

  std::vector<Weighed> by_weight(std::vector<Choice> all) const {
    std::vector<Weighed> weighed;
    for (Choice& choice : all) {
      const int weight = Picture(bench_, questions(), choice).weight();
      weighed.push_back({std::move(choice), weight});
    }
    std::stable_sort(weighed.begin(), weighed.end(), [](const Weighed& a, const Weighed& b) {
      return std::pair(a.weight, departures(a.choice)) < std::pair(b.weight, departures(b.choice));
    });
    return weighed;
  }

  /// The run that differed last is looked at first: it mostly differs again.
  bool reproduces_all(const Picture& picture) {
    const std::size_t first = differed_last_;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const std::size_t place = (first + i) % places_.size();
      if (fits(bench_.replay_run(places_[place], picture.circumstances(place)))) continue;
      differed_last_ = place;
      return false;
    }
    return true;
  }

  Explanation explanation(const Picture& picture) {
    Explanation made{.assumptions = picture.assumptions(), .weight = picture.weight()};
    made.text = assumption_words(made.assumptions, bench_);
    for (std::size_t place = 0; place < places_.size(); ++place) {
      made.circumstances.push_back(picture.circumstances(place));
      made.runs.push_back(bench_.replay_run(places_[place], made.circumstances.back()));
    }
    return made;
  }

  void keep(const Picture& picture) {
    Explanation made = explanation(picture);
    const bool nearer = made.reproduced() > result_.best.reproduced();
    if (result_.best.circumstances.empty() || nearer) result_.best = made;
    const bool all = std::all_of(made.runs.begin(), made.runs.end(),
                                 [this](const ReplayedRun& run) { return fits(run); });
    if (!all || !texts_.insert(made.text).second) return;
    lightest_ = std::min(lightest_, made.weight);
    found_.push_back({picture, std::move(made)});
  }

  /// What weighs too much was not looked for to the end.
  std::vector<Explanation> survivors() {
    std::vector<Explanation> light;
    for (Found& each : found_) {
      if (each.explanation.weight <= result_.heaviest) light.push_back(std::move(each.explanation));
    }
    keep_what_sets_least_aside(light);
    return grouped(std::move(light));
  }

  /// An explanation for which more has to be set aside is the worse one.
  static void keep_what_sets_least_aside(std::vector<Explanation>& all) {
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const Explanation& each : all) least = std::min(least, each.set_aside());
    std::erase_if(all, [&](const Explanation& each) { return each.set_aside() > least; });
  }

  /// What a board is like holds for all runs; the rest each run has for itself.
  void own_answers_in_each_run() {
    const auto own = by_weight(choices(questions(), Scope::run, kMostOwnDepartures));
    Pictures pictures;
    for (const Weighed& boards :
         by_weight(choices(questions(), Scope::boards, kMostOwnDepartures))) {
      if (!pictures.empty() && boards.weight >= pictures.front().weight) break;
      if (boards.weight >= lightest_) break;
      const Picture base(bench_, questions(), boards.choice);
      if (boards.weight == 0 || !base.has_idle_answer())
        combine(base, boards.choice, own, pictures);
    }
    const std::size_t most = std::min(pictures.size(), kMostMixed);
    for (std::size_t i = 0; i < most && pictures[i].weight <= pictures[0].weight + 1; ++i) {
      if (pictures[i].weight <= lightest_ || found_.empty()) keep(pictures[i].picture);
    }
  }

  /// Around each explanation: those in which one run has another answer to one question, and which
  /// weigh no more; and around those again.
  void one_other_answer_in_one_run() {
    for (std::size_t at = 0; at < found_.size() && found_.size() < kMostFound; ++at) {
      for (std::size_t question = 0; question < questions().size(); ++question) {
        if (questions()[question].scope != Scope::run) continue;
        for (const std::size_t place : questions()[question].places)
          other_answers(Picture(found_[at].picture), question, place);
      }
    }
  }

  void other_answers(Picture picture, std::size_t question, std::size_t place) {
    const auto had = picture.answer_of(place, question);
    for (std::size_t answer = 0; answer < questions()[question].answers.size(); ++answer) {
      if (answer == had) continue;
      picture.answer(place, question, answer);
      if (picture.weight() > lightest_ || picture.has_idle_answer()) continue;
      count_try();
      if (fits(bench_.replay_run(places_[place], picture.circumstances(place)))) keep(picture);
    }
  }

  /// Adds what reproduces every log to `pictures`, which stay sorted; a run that nothing reproduces
  /// keeps its plainest answers, to be told as what comes nearest.
  void combine(const Picture& base, const Choice& boards, const std::vector<Weighed>& own,
               Pictures& pictures) {
    Pictures followed = {{base, base.weight()}};
    bool all = true;
    for (std::size_t place = 0; place < places_.size(); ++place) {
      const auto answers = reproducing(base, boards, own, place);
      all = all && !answers.empty();
      if (!answers.empty()) followed = with_each(followed, place, answers);
    }
    if (!all && found_.empty()) keep(followed.front().picture);
    if (!all) return;
    for (auto& each : followed) pictures.push_back(std::move(each));
    keep_lightest(pictures);
  }

  /// Each picture with each of the answers of run `place`.
  static Pictures with_each(const Pictures& pictures, std::size_t place,
                            const std::vector<Choice>& answers) {
    Pictures all;
    for (const WeighedPicture& each : pictures) {
      for (const Choice& choice : answers) {
        Picture with = each.picture;
        with.answer(place, choice);
        const int weight = with.weight();
        all.push_back({std::move(with), weight});
      }
    }
    keep_lightest(all);
    return all;
  }

  static void keep_lightest(Pictures& pictures) {
    std::stable_sort(
        pictures.begin(), pictures.end(),
        [](const WeighedPicture& a, const WeighedPicture& b) { return a.weight < b.weight; });
    while (pictures.size() > kMostFollowed) pictures.pop_back();
  }

  std::vector<Choice> reproducing(Picture picture, const Choice& boards,
                                  const std::vector<Weighed>& own, std::size_t place) {
    std::vector<Choice> found;
    std::set<std::vector<std::optional<std::size_t>>> seen;
    for (const Weighed& each : own) {
      const Choice choice = merged(boards, each.choice);
      if (!seen.insert(answers_in(questions(), choice, place)).second) continue;
      count_try();
      picture.answer(place, choice);
      if (!fits(bench_.replay_run(places_[place], picture.circumstances(place)))) continue;
      found.push_back(choice);
      if (found.size() == kMostOfOneRun) break;
    }
    return found;
  }

  const std::vector<Question>& questions() const { return result_.questions; }

  FieldBench& bench_;
  std::vector<FieldBench::Place> places_;
  Explained result_;
  std::vector<Found> found_;
  std::set<std::string> texts_;
  int lightest_ = std::numeric_limits<int>::max();
  std::size_t differed_last_ = 0;
  bool lines_may_be_missing_ = false;
};

}  // namespace

std::string not_looked_for(const Explained& explained) {
  if (explained.heaviest == 0)
    return "The logs say all themselves: nothing else was looked for to explain them.";
  return fmt::format("Explanations of more than weight {} were not looked for.",
                     explained.heaviest);
}

Explained explain(FieldBench& bench) {
  Explained result = ExplanationSearch(bench).run();
  if (!result.survivors.empty()) result.best = result.survivors.front();
  return result;
}

}  // namespace scenarios::field
