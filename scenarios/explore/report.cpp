// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace scenarios::explore {

std::size_t Sums::all() const {
  return std::accumulate(of.begin(), of.end(), std::size_t{0});
}

std::size_t Sums::run() const {
  return all() - (*this)[Ending::met] - (*this)[Ending::never_struck];
}

Sums sums(const Report& report) {
  Sums sums;
  for (const Case& one : report.cases) ++sums.of.at(static_cast<std::size_t>(one.ending));
  return sums;
}

Verdict verdict_of(const Report& report) {
  const Sums all = sums(report);
  if (all[Ending::violation] > 0) return Verdict::violated;
  if (all[Ending::never_struck] > 0) return Verdict::never_struck;
  return report.lost > 0 ? Verdict::broken : Verdict::nothing_violated;
}

base::Result<Report> merged(const std::vector<Report>& shares) {
  if (shares.empty()) return base::Error{base::Errc::invalid, "there is nothing to merge"};
  Report all = shares.front();
  std::set<std::string> seen = {all.shard};
  for (std::size_t i = 1; i < shares.size(); ++i) {
    const Report& share = shares[i];
    if (share.story != all.story || share.kind != all.kind || share.seed != all.seed)
      return base::Error{
          base::Errc::invalid,
          fmt::format("{} {} with seed {} and {} {} with seed {} are not shares of "
                      "one exploration",
                      all.story, all.kind, all.seed, share.story, share.kind, share.seed)};
    if (!seen.insert(share.shard).second)
      return base::Error{base::Errc::invalid,
                         fmt::format("share {} of {} is there twice", share.shard, share.story)};
    all.shard += ' ' + share.shard;
    all.lost += share.lost;
    all.wall_time += share.wall_time;
    all.cases.insert(all.cases.end(), share.cases.begin(), share.cases.end());
  }
  return all;
}

}  // namespace scenarios::explore
