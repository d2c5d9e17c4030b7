// SPDX-License-Identifier: BSD-3-Clause
// `mesim bench`: how long an update will take on a machine, and what decides it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace scenarios::cli {

struct BenchArguments {
  enum class Via : std::uint8_t { all, heci, tpm };
  std::string machine;
  std::string image;  ///< a file; empty: one is made
  Via via = Via::all;
  std::vector<std::string> set;
  std::string sweep;
  std::string json;  ///< files to write; - is standard output; empty: none
  std::string html;
};

CLI::App* add_bench(CLI::App& app, BenchArguments& arguments);

/// 0; 1 when no way can be told; 2 or 3 (exit_status.h).
int bench(const BenchArguments& arguments);

}  // namespace scenarios::cli
