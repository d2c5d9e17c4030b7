// SPDX-License-Identifier: BSD-3-Clause
// What a board keeps: its snapshot, its state folder, its flash. Each is changed somewhere, and
// what reads it refuses it in words or goes on with it.
#include "emulator/attach/state_folder.h"
#include "emulator/machine/saved_header.h"
#include "tests/fuzz/small_board.h"
#include "tests/fuzz/targets.h"
#include "tests/temporary_folder.h"

namespace fuzz {
namespace {

using emulator::firmware::BootPath;
using emulator::machine::Machine;

/// Changes as "where, how many, what": most of a large whole stays sound.
void change(base::Bytes& whole, base::ByteReader& in) {
  while (in.remaining() > 4 && !whole.empty()) {
    const std::size_t at = in.u32() % whole.size();
    const base::ByteView what = in.bytes(1 + in.u8() % 16);
    base::ByteWriter(base::MutableByteView(whole).subspan(at)).bytes(what);
  }
}

bool is_known(BootPath path) {
  return path == BootPath::operational || path == BootPath::recovery || path == BootPath::halted ||
         path == BootPath::disabled;
}

}  // namespace

/// The digest in front is made anew: what is behind it is read field by field.
void snapshot(base::ByteView bytes) {
  Machine& board = board_with_tpm();
  const auto profile = board.profile();
  const auto state = emulator::machine::without_saved_header(profile, first_moment());
  promise(state.has_value(), "a snapshot of ours has its header");
  base::Bytes changed(state->begin(), state->end());
  base::ByteReader in(bytes);
  if (in.u8() % 8 == 0) changed.resize(in.u32() % (changed.size() + 1));
  change(changed, in);
  const auto restored = board.restore(emulator::machine::with_saved_header(profile, changed));
  if (!restored) return promise(!restored.error().doing.empty(), "what is wrong is said");
  board.clock().sleep(std::chrono::seconds(2));
  static_cast<void>(board.bar0().read32(4));
  static_cast<void>(board.snapshot());
}

void state_folder(base::ByteView bytes) {
  base::ByteReader in(bytes);
  const base::ByteView description = in.bytes(std::min<std::size_t>(in.u16(), in.remaining()));
  const base::ByteView flash = in.bytes(in.remaining());
  const tests::TemporaryFolder folder;
  const std::string kept = folder.make_folder("kept");
  folder.write("kept/machine.json", description);
  if (!flash.empty()) folder.write("kept/flash.bin", flash);
  const auto opened = emulator::attach::StateFolder::open(kept);
  if (!opened) return promise(!opened.error().doing.empty(), "what is wrong is said");
  const auto loaded = (*opened)->load();
  promise(loaded || loaded.error().doing.find(kept) != std::string::npos, "the file is named");
  static_cast<void>((*opened)->bare_flash());
}

void flash_contents(base::ByteView bytes) {
  static base::Bytes sound;
  if (sound.empty()) {
    const base::ByteView there = board_with_tpm().flash();
    sound.assign(there.begin(), there.end());
  }
  drop_board_with_tpm();
  base::Bytes changed = sound;
  base::ByteReader in(bytes);
  change(changed, in);
  const bool same = changed == sound;
  static const emulator::machine::Profile profile = profile_with_tpm();
  auto built = Machine::build(profile, {.seed = 1, .flash = std::move(changed)});
  if (!built) return promise(!built.error().doing.empty(), "what is wrong is said");
  Machine& board = **built;
  board.boot();
  const BootPath path = board.firmware().boot_path();
  promise(is_known(path), "every boot comes to an end");
  promise(!same || path == BootPath::operational, "sound contents boot");
  boot_anew(board);
  promise(board.firmware().boot_path() == path, "and to the same one with the same contents");
}

}  // namespace fuzz
