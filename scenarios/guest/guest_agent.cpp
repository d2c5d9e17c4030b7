// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_agent.h"

#include "base/promise.h"
#include "os/safe_text.h"

namespace scenarios::guest {

// Setting a line that is raw to raw again waits until all has left it. What runs is no child of the
// shell that reads: busybox's read forgets the part of a line it has when a child ends (SIGCHLD).
// clang-format off
const char* const kAgent = R"sh(exec 4<>/dev/ttyS2
stty -F /dev/ttyS3 raw -echo
run() {
  sh -c "echo \$\$ >/tmp/starts; mv /tmp/starts /tmp/updater; exec $1" </dev/null >/dev/ttyS1 2>/dev/ttyS3 4>&-
  status=$?
  rm -f /tmp/updater /tmp/running
  stty -F /dev/ttyS1 raw
  stty -F /dev/ttyS3 raw
  echo "ended $status" >&4
}
echo ready >&4
while read -r order words <&4; do
  case $order in
    run)
      : >/tmp/running
      (run "$words" &)
      ;;
    stop)
      until [ -e /tmp/updater ] || [ ! -e /tmp/running ]; do sleep 0.1; done
      kill -TERM "$(cat /tmp/updater)"
      ;;
    kill)
      kill -KILL "$(cat /tmp/updater)"
      ;;
    reboot) reboot -f ;;
    poweroff) poweroff -f ;;
  esac
done
)sh";
// clang-format on

std::string order_to_run(const std::vector<std::string>& words) {
  MEBENCH_PROMISE(!words.empty(), "a program that is run has a name");
  std::string order = "run";
  for (const std::string& word : words) order += " " + os::shell_quoted(word);
  return order + "\n";
}

}  // namespace scenarios::guest
