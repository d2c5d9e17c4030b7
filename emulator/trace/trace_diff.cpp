// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/trace_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "emulator/trace/duration_text.h"

namespace emulator::trace {
namespace {

using In = DiffLine::In;
using Lines = std::vector<TraceLine>;

/// The end of a trace that was kept of a failure does not know every checksum.
bool same_bytes(const TraceLine& a, const TraceLine& b) {
  return a.data == b.data && (!a.fnv1a || !b.fnv1a || a.fnv1a == b.fnv1a);
}

bool same_happening(const TraceLine& a, const TraceLine& b, Times times) {
  return a.kind == b.kind && a.me_addr == b.me_addr && a.host_addr == b.host_addr &&
         a.size == b.size && a.text == b.text && a.a == b.a && a.b == b.b && same_bytes(a, b) &&
         (times == Times::ignored || a.at == b.at);
}

/// One step of the way: a line of the first goes, or one of the second comes.
struct Change {
  In in = In::first;
  std::size_t first = 0;   ///< where in the first
  std::size_t second = 0;  ///< where in the second
};

/// Myers' greedy search between two positions from either side of which all is equal.
class ShortestWay {
 public:
  ShortestWay(const Lines& first, const Lines& second, std::size_t begin, std::size_t end_first,
              std::size_t end_second, Times times)
      : first_(first),
        second_(second),
        begin_(begin),
        n_(static_cast<long>(end_first - begin)),
        m_(static_cast<long>(end_second - begin)),
        times_(times) {}

  /// Nothing: it takes more than kMostChanges.
  std::optional<std::vector<Change>> find() {
    const long most = std::min<long>(n_ + m_, static_cast<long>(kMostChanges));
    std::vector<long> furthest(static_cast<std::size_t>(2 * most + 3), 0);
    for (long d = 0; d <= most; ++d) {
      const auto middle = furthest.begin() + most + 1;
      steps_.emplace_back(middle - d, middle + d + 1);
      if (advance(furthest, d, most)) return way_back(d);
    }
    return std::nullopt;
  }

 private:
  bool equal(long x, long y) const {
    return same_happening(first_[begin_ + static_cast<std::size_t>(x)],
                          second_[begin_ + static_cast<std::size_t>(y)], times_);
  }

  /// Whether diagonal k is reached from the one above it, by a line of the second.
  static bool comes_down(long k, long d, long below, long above) {
    return k == -d || (k != d && below < above);
  }

  bool advance(std::vector<long>& furthest, long d, long most) {
    const auto at = [&](long k) -> long& {
      return furthest[static_cast<std::size_t>(k + most + 1)];
    };
    for (long k = -d; k <= d; k += 2) {
      long x = comes_down(k, d, at(k - 1), at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < n_ && x - k < m_ && x - k >= 0 && equal(x, x - k)) ++x;
      at(k) = x;
      if (x >= n_ && x - k >= m_) return true;
    }
    return false;
  }

  /// `steps_[d]` is what was reached with fewer than d changes.
  std::vector<Change> way_back(long d) const {
    std::vector<Change> changes;
    long x = n_;
    long y = m_;
    for (; d > 0; --d) {
      const std::vector<long>& before = steps_[static_cast<std::size_t>(d)];
      const auto at = [&](long k) {
        return std::abs(k) > d ? -1 : before[static_cast<std::size_t>(k + d)];
      };
      const long k = x - y;
      const bool down = comes_down(k, d, at(k - 1), at(k + 1));
      const long from = down ? k + 1 : k - 1;
      x = at(from);
      y = x - from;
      changes.push_back({.in = down ? In::second : In::first,
                         .first = begin_ + static_cast<std::size_t>(x),
                         .second = begin_ + static_cast<std::size_t>(y)});
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
  }

  const Lines& first_;
  const Lines& second_;
  std::size_t begin_;
  long n_;
  long m_;
  Times times_;
  std::vector<std::vector<long>> steps_;
};

std::vector<Change> all_changed(std::size_t begin, std::size_t end_first, std::size_t end_second) {
  std::vector<Change> changes;
  for (std::size_t i = begin; i < end_first; ++i)
    changes.push_back({.in = In::first, .first = i, .second = begin});
  for (std::size_t i = begin; i < end_second; ++i)
    changes.push_back({.in = In::second, .first = end_first, .second = i});
  return changes;
}

std::vector<Change> changes_between(const Lines& first, const Lines& second, Times times) {
  std::size_t begin = 0;
  const std::size_t shorter = std::min(first.size(), second.size());
  while (begin < shorter && same_happening(first[begin], second[begin], times)) ++begin;
  std::size_t end_first = first.size();
  std::size_t end_second = second.size();
  while (end_first > begin && end_second > begin &&
         same_happening(first[end_first - 1], second[end_second - 1], times)) {
    --end_first;
    --end_second;
  }
  auto way = ShortestWay(first, second, begin, end_first, end_second, times).find();
  return way ? std::move(*way) : all_changed(begin, end_first, end_second);
}

const char* mark_of(In in) {
  if (in == In::both) return " ";
  return in == In::first ? "-" : "+";
}

std::string line_text(const DiffLine& each) {
  const TraceLine& line = *each.line;
  const char* direction = !line.is_message()                           ? "--"
                          : line.kind == sim::TraceKind::message_to_me ? "->"
                                                                       : "<-";
  std::string text = fmt::format("{} {:>16}  {} {}", mark_of(each.in), to_text(line.at), direction,
                                 words_of(line));
  if (each.in != In::both && line.fnv1a) text += fmt::format(" fnv1a {:016x}", *line.fnv1a);
  return text + "\n";
}

}  // namespace

TraceDiff diff(const Lines& first, const Lines& second, Times times) {
  TraceDiff result;
  std::size_t at = 0;
  const auto copy_until = [&](std::size_t end) {
    for (; at < end; ++at, ++result.in_both)
      result.lines.push_back({.in = In::both, .line = &first[at]});
  };
  for (const Change& change : changes_between(first, second, times)) {
    copy_until(change.first);
    if (change.in == In::first) {
      result.lines.push_back({.in = In::first, .line = &first[at++]});
      ++result.in_first;
    } else {
      result.lines.push_back({.in = In::second, .line = &second[change.second]});
      ++result.in_second;
    }
  }
  copy_until(first.size());
  return result;
}

std::string diff_text(const TraceDiff& diff, std::size_t around) {
  std::vector<bool> shown(diff.lines.size());
  for (std::size_t i = 0; i < diff.lines.size(); ++i) {
    if (diff.lines[i].in == In::both) continue;
    const std::size_t end = std::min(diff.lines.size(), i + around + 1);
    for (std::size_t near = i - std::min(i, around); near < end; ++near) shown[near] = true;
  }
  std::string text;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < diff.lines.size(); ++i) {
    if (!shown[i]) {
      ++left_out;
      continue;
    }
    if (left_out > 0) text += fmt::format("  ... {} equal\n", left_out);
    left_out = 0;
    text += line_text(diff.lines[i]);
  }
  if (left_out > 0 && !text.empty()) text += fmt::format("  ... {} equal\n", left_out);
  return text;
}

}  // namespace emulator::trace
