// SPDX-License-Identifier: BSD-3-Clause
// One run of somebody else's updater in front of a story's board: the program in a process of its
// own, the board behind a socket, and the story's disturbances between them.
#pragma once

#include "os/program_apart.h"
#include "scenarios/engine/step.h"
#include "scenarios/engine/step_outcome.h"
#include "scenarios/program/line_server.h"
#include "scenarios/program/program_output.h"

namespace scenarios::engine {
class HostSide;
}

namespace scenarios::program {

class ProgramRun {
 public:
  /// `program` has just been started; `server` has its board.
  ProgramRun(const engine::OwnUpdater& step, engine::HostSide& host, os::ProgramApart& program,
             LineServer& server)
      : step_(step),
        host_(host),
        program_(program),
        server_(server),
        out_(program.output()),
        err_(program.errors()) {}

  /// Serves the program until it ends, is ended, or its computer goes down. Nothing of it is left.
  engine::StepOutcome run();

 private:
  enum class End {
    by_itself,
    killed,  ///< by the story, or with its computer
    hung,    ///< it took more of the computer's time than it may
  };

  End serve();
  /// Takes what is printed now. Whether the program has ended.
  bool look_at(const std::vector<pollfd>& ready);
  /// What the story did to the program meanwhile. Whether it ends here.
  bool is_struck();
  /// Requests that the program sent before it ended are still carried out.
  void serve_the_rest();
  engine::StepOutcome outcome_of(End end, int status) const;

  const engine::OwnUpdater& step_;
  engine::HostSide& host_;
  os::ProgramApart& program_;
  LineServer& server_;
  ProgramOutput out_;
  ProgramOutput err_;
  bool asked_to_stop_ = false;
};

}  // namespace scenarios::program
