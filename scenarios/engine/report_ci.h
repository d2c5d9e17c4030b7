// SPDX-License-Identifier: BSD-3-Clause
// What did not pass, beside the lines of a change: GitHub's workflow commands and GitLab's Code
// Quality report.
#pragma once

#include <string>
#include <vector>

#include "scenarios/engine/result.h"

namespace scenarios::engine {

/// "::error file=a.toml,line=9,col=1,title=...::...", a line a failure (GitHub, "Workflow
/// commands"). Paths below `folder`, the checkout (may be empty), are told from there.
std::string github_annotations(const std::vector<ScenarioResult>& results,
                               const std::string& folder);

/// A JSON array with one object a failure: description, check_name, fingerprint, severity, location
/// (GitLab, "Code Quality report format"). `folder` as above.
std::string gitlab_code_quality(const std::vector<ScenarioResult>& results,
                                const std::string& folder);

}  // namespace scenarios::engine
