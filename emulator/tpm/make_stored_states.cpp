// SPDX-License-Identifier: BSD-3-Clause
// Makes the files of emulator/tpm/stored: runs the commands that give a blank TPM an endorsement
// key and then an owner, and writes the permanent state after each. Built by the target
// make_stored_states, run by hand with that folder when libtpms changes.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "base/hex.h"
#include "emulator/tpm/libtpms_engine.h"
#include "emulator/tpm/memory_storage.h"
#include "emulator/tpm/stored_states.h"
#include "protocol/tpm/authorisation.h"
#include "protocol/tpm/crypto.h"
#include "protocol/tpm/owner.h"

namespace {

using namespace emulator::tpm;
using namespace protocol::tpm;
using base::Bytes;

constexpr std::uint64_t kSeed = 20080612;

void expect(bool fine, const char* what) {
  if (fine) return;
  std::fprintf(stderr, "make_stored_states: %s failed\n", what);
  std::exit(1);
}

bool succeeded(const Bytes& response) {
  const auto decoded = decode_response(response);
  return decoded && decoded->code == ReturnCode::success;
}

/// A string literal of several lines.
std::string literal(const Bytes& state) {
  const std::string hex = base::to_hex(state);
  constexpr std::size_t width = 96;
  std::string text;
  for (std::size_t at = 0; at < hex.size(); at += width)
    text += fmt::format("{}\"{}\"", at == 0 ? "" : "\n", hex.substr(at, width));
  return text;
}

void write(const std::string& path, const std::string& what, const std::string& text) {
  std::ofstream file(path);
  file << "// SPDX-License-Identifier: BSD-3-Clause\n// Made by make_stored_states: " << what
       << ", in hexadecimal.\n"
       << text << "\n";
  expect(file.good(), path.c_str());
}

PublicKey create_endorsement_key(LibtpmsEngine& tpm) {
  const Nonce nonce{1};
  const auto key = decode_pubek_reply(tpm.execute(0, create_endorsement_key_command(nonce)), nonce);
  expect(key.has_value(), "CreateEndorsementKeyPair");
  return *key;
}

void take_ownership(LibtpmsEngine& tpm, const PublicKey& ek) {
  const Secret owner = secret_from_passphrase("owner");
  const auto session = decode_oiap_reply(tpm.execute(0, oiap_command()));
  const auto sealed_owner = encrypt_for_tpm(ek.modulus, owner);
  const auto sealed_srk = encrypt_for_tpm(ek.modulus, kWellKnownSecret);
  expect(session && sealed_owner && sealed_srk, "preparing TakeOwnership");
  const Bytes params = to_bytes(TakeOwnershipParams{.encrypted_owner_secret = *sealed_owner,
                                                    .encrypted_srk_secret = *sealed_srk});
  AuthRequest auth{.handle = session->handle, .nonce_odd = {2}, .continue_session = 0, .hmac = {}};
  auth.hmac = auth_value(owner, command_digest(Ordinal::take_ownership, params),
                         session->nonce_even, auth.nonce_odd, auth.continue_session);
  const Bytes command = to_bytes(AuthorisedCommand{
      .ordinal = Ordinal::take_ownership, .handles = {}, .params = params, .auth = auth});
  expect(succeeded(tpm.execute(0, command)), "TakeOwnership");
}

void start(LibtpmsEngine& tpm) {
  expect(tpm.power_on().has_value(), "starting a blank TPM");
  expect(succeeded(tpm.execute(0, startup_command(StartupType::clear))), "Startup");
}

void make(const std::string& folder, unsigned number) {
  MemoryStorage storage;
  StatePartition partition(storage);
  LibtpmsEngine tpm(partition, kSeed + number);
  start(tpm);
  if (number == 0) {
    write(folder + "/no_ek.inc", "a permanent state of libtpms without keys",
          literal(partition.record().permanent));
  }
  const PublicKey ek = create_endorsement_key(tpm);
  const std::string unowned = literal(partition.record().permanent);
  take_ownership(tpm, ek);
  write(fmt::format("{}/tpm_{:02}.inc", folder, number), "two permanent states of one TPM",
        fmt::format("{{.unowned =\n{},\n.owned =\n{}}},", unowned,
                    literal(partition.record().permanent)));
}

}  // namespace

int main(int count, char** words) {
  expect(count == 2, "reading the command line (it wants the folder of the files)");
  for (unsigned i = 0; i < kStoredTpms; ++i) make(words[1], i);
}
