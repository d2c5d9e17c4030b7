// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/libtpms_engine.h"

#include <libtpms/tpm_error.h>
#include <libtpms/tpm_library.h>
#include <libtpms/tpm_memory.h>
#include <libtpms/tpm_nvfilename.h>
#include <libtpms/tpm_tis.h>

#include <cstdlib>
#include <cstring>
#include <string_view>

#include "base/promise.h"
#include "emulator/tpm/libtpms_layout.h"
#include "emulator/tpm/seeded_random.h"
#include "emulator/tpm/self_test_key.h"
#include "protocol/tpm/frame.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using protocol::tpm::ReturnCode;

constexpr std::uint8_t kHashLocality = 4;

/// Of what libtpms draws to test itself: no TPM's history depends on how often that was.
constexpr std::uint64_t kSelfTestSeed = 455;

LibtpmsEngine* holder = nullptr;  ///< libtpms' callbacks know of no instance but the one there is

struct Response {
  unsigned char* data = nullptr;
  std::uint32_t size = 0;
  std::uint32_t capacity = 0;
  Response() = default;
  Response(const Response&) = delete;
  Response& operator=(const Response&) = delete;
  ~Response() { std::free(data); }
};

TPM_RESULT give(ByteView from, unsigned char** data, std::uint32_t* length) {
  if (from.empty()) return TPM_RETRY;  // there is no such file
  if (TPM_Malloc(data, static_cast<std::uint32_t>(from.size())) != TPM_SUCCESS) return TPM_FAIL;
  std::memcpy(*data, from.data(), from.size());
  *length = static_cast<std::uint32_t>(from.size());
  return TPM_SUCCESS;
}

Result<Bytes> read_state(TPMLIB_StateType type) {
  unsigned char* data = nullptr;
  std::uint32_t length = 0;
  const TPM_RESULT rc = TPMLIB_GetState(type, &data, &length);
  if (rc != TPM_SUCCESS) return Error{Errc::io, "reading the TPM's state", rc};
  Bytes out(data, data + length);
  std::free(data);
  return out;
}

}  // namespace

/// What libtpms asks of its surroundings.
struct LibtpmsCallbacks {
  static TPM_RESULT initialise() { return TPM_SUCCESS; }

  static TPM_RESULT load(unsigned char** data, std::uint32_t* length, std::uint32_t,
                         const char* name) {
    MEBENCH_PROMISE(holder != nullptr, "libtpms is called for an engine");
    const StateRecord& record = holder->partition_.record();
    if (std::string_view(name) == TPM_PERMANENT_ALL_NAME)
      return give(record.permanent, data, length);
    if (std::string_view(name) == TPM_SAVESTATE_NAME) return give(record.saved, data, length);
    return give(holder->volatile_, data, length);
  }

  static TPM_RESULT store(const unsigned char* data, std::uint32_t length, std::uint32_t,
                          const char* name) {
    MEBENCH_PROMISE(holder != nullptr, "libtpms is called for an engine");
    StateRecord record = holder->partition_.record();
    if (std::string_view(name) == TPM_PERMANENT_ALL_NAME)
      record.permanent.assign(data, data + length);
    if (std::string_view(name) == TPM_SAVESTATE_NAME) record.saved.assign(data, data + length);
    return write(record);
  }

  static TPM_RESULT remove(std::uint32_t, const char* name, TPM_BOOL must_exist) {
    MEBENCH_PROMISE(holder != nullptr, "libtpms is called for an engine");
    StateRecord record = holder->partition_.record();
    Bytes& part = std::string_view(name) == TPM_SAVESTATE_NAME ? record.saved : record.permanent;
    if (part.empty()) return must_exist != 0 ? TPM_FAIL : TPM_SUCCESS;
    part.clear();
    return write(record);
  }

  static TPM_RESULT locality(TPM_MODIFIER_INDICATOR* locality, std::uint32_t) {
    *locality = holder->locality_;
    return TPM_SUCCESS;
  }

  static TPM_RESULT presence(TPM_BOOL* asserted, std::uint32_t) {
    *asserted = holder->presence_ != 0 ? 1 : 0;
    return TPM_SUCCESS;
  }

  static TPM_RESULT write(const StateRecord& record) {
    if (record == holder->partition_.record()) return TPM_SUCCESS;
    if (holder->detached_) {
      holder->partition_.assume(record);
      return TPM_SUCCESS;
    }
    return holder->partition_.store(record) ? TPM_SUCCESS : TPM_FAIL;
  }

  static void install() {
    libtpms_callbacks table{};
    table.sizeOfStruct = sizeof table;
    table.tpm_nvram_init = initialise;
    table.tpm_nvram_loaddata = load;
    table.tpm_nvram_storedata = store;
    table.tpm_nvram_deletename = remove;
    table.tpm_io_init = initialise;
    table.tpm_io_getlocality = locality;
    table.tpm_io_getphysicalpresence = presence;
    TPMLIB_ChooseTPMVersion(TPMLIB_TPM_VERSION_1_2);
    TPMLIB_RegisterCallbacks(&table);
  }
};

LibtpmsEngine::LibtpmsEngine(StatePartition& partition, std::uint64_t seed)
    : partition_(partition), random_(seed) {}

LibtpmsEngine::~LibtpmsEngine() {
  power_off();
}

Result<void> LibtpmsEngine::power_on() {
  power_off();
  phase_ = Phase::parked;
  Result<void> loaded = partition_.load();
  if (!loaded && loaded.error().code == Errc::not_found) return {};
  if (loaded && layout::is_permanent_state(partition_.record().permanent)) return {};
  if (loaded) loaded = Error{Errc::invalid, "loading the TPM's permanent state"};
  partition_.assume({});
  detached_ = true;
  failure_pending_ = true;
  return loaded;
}

void LibtpmsEngine::power_off() {
  leave_library();
  phase_ = Phase::off;
  volatile_.clear();
  failure_pending_ = false;
  detached_ = false;
}

Bytes LibtpmsEngine::execute(std::uint8_t locality, ByteView command) {
  if (phase_ == Phase::off) return {};
  if (!take_library())
    return protocol::tpm::error_response(protocol::tpm::ReturnCode::failed_self_test);
  static Response response;  // libtpms grows it once and uses it again
  locality_ = locality;
  Bytes request(command.begin(), command.end());
  const SeededRandomScope scope(random_);
  const TPM_RESULT rc = TPMLIB_Process(&response.data, &response.size, &response.capacity,
                                       request.data(), static_cast<std::uint32_t>(request.size()));
  if (rc != TPM_SUCCESS) return protocol::tpm::error_response(protocol::tpm::ReturnCode::fail);
  return Bytes(response.data, response.data + response.size);
}

Result<Bytes> LibtpmsEngine::save_volatile() {
  if (phase_ == Phase::off)
    return Error{Errc::io, "saving the volatile state of a TPM that is off"};
  if (phase_ == Phase::parked && volatile_.empty() && !take_library()) {
    return Error{Errc::invalid, "initialising the TPM"};
  }
  return volatile_now();
}

Result<void> LibtpmsEngine::load_volatile(ByteView saved) {
  if (phase_ == Phase::off)
    return Error{Errc::io, "loading the volatile state of a TPM that is off"};
  if (!layout::is_volatile_state(saved)) return Error{Errc::invalid, "loading a volatile state"};
  leave_library();
  volatile_.assign(saved.begin(), saved.end());
  return {};
}

protocol::tpm::Secret LibtpmsEngine::owner_secret() {
  const Bytes& permanent = partition_.record().permanent;
  if (!layout::is_permanent_state(permanent)) return {};
  return layout::owner_secret(permanent);
}

bool LibtpmsEngine::has_endorsement_key() {
  const Bytes& permanent = partition_.record().permanent;
  return layout::is_permanent_state(permanent) && layout::has_endorsement_key(permanent);
}

std::optional<OpenSession> LibtpmsEngine::session(protocol::tpm::Handle handle) {
  const Bytes state = volatile_now();
  if (state.empty()) return std::nullopt;
  return layout::session(state, handle);
}

bool LibtpmsEngine::unowned_field_upgrade() {
  const Bytes state = volatile_now();
  return !state.empty() && layout::unowned_field_upgrade(state);
}

bool LibtpmsEngine::started() {
  const Bytes state = volatile_now();
  return !state.empty() && layout::started(state);
}

std::uint32_t LibtpmsEngine::failed_attempts() {
  const Bytes state = volatile_now();
  return state.empty() ? 0 : layout::failed_attempts(state);
}

Result<void> LibtpmsEngine::clear_failed_attempts() {
  return change_volatile([](Bytes& state) {
    layout::clear_failed_attempts(state);
    return true;
  });
}

Result<void> LibtpmsEngine::deactivate_until_startup() {
  return change_volatile([](Bytes& state) {
    layout::deactivate(state);
    return true;
  });
}

Result<void> LibtpmsEngine::fail_self_test() {
  if (phase_ == Phase::off) return Error{Errc::io, "failing the self-test of a TPM that is off"};
  failure_pending_ = true;
  return {};
}

bool LibtpmsEngine::established() {
  TPM_BOOL established = 0;
  if (phase_ == Phase::off || !take_library()) return false;
  return TPM_IO_TpmEstablished_Get(&established) == TPM_SUCCESS && established != 0;
}

ReturnCode LibtpmsEngine::reset_established(std::uint8_t locality) {
  if (phase_ == Phase::off || !take_library()) return ReturnCode::fail;
  locality_ = locality;
  return static_cast<ReturnCode>(TPM_IO_TpmEstablished_Reset());
}

ReturnCode LibtpmsEngine::hash_start() {
  if (phase_ == Phase::off || !take_library()) return ReturnCode::fail;
  locality_ = kHashLocality;
  return static_cast<ReturnCode>(TPM_IO_Hash_Start());
}

ReturnCode LibtpmsEngine::hash_data(ByteView data) {
  if (phase_ == Phase::off || !take_library()) return ReturnCode::fail;
  return static_cast<ReturnCode>(
      TPM_IO_Hash_Data(data.data(), static_cast<std::uint32_t>(data.size())));
}

ReturnCode LibtpmsEngine::hash_end() {
  if (phase_ == Phase::off || !take_library()) return ReturnCode::fail;
  return static_cast<ReturnCode>(TPM_IO_Hash_End());
}

bool LibtpmsEngine::take_library() {
  if (phase_ != Phase::running && !initialise()) return false;
  if (!failure_pending_) return true;
  failure_pending_ = false;
  park();
  return layout::fail_self_test(volatile_) && initialise();
}

bool LibtpmsEngine::initialise() {
  if (holder != nullptr) holder->park();
  static const bool installed = (LibtpmsCallbacks::install(), true);
  (void)installed;
  holder = this;
  sim::Random self_test(kSelfTestSeed);
  const SeededRandomScope scope(self_test);
  const SelfTestKeyScope key;
  if (TPMLIB_MainInit() != TPM_SUCCESS) {
    TPMLIB_Terminate();
    holder = nullptr;
    return false;
  }
  phase_ = Phase::running;
  volatile_.clear();
  return true;
}

void LibtpmsEngine::park() {
  MEBENCH_PROMISE(holder == this && phase_ == Phase::running, "the engine that runs holds libtpms");
  volatile_ = volatile_now();
  leave_library();
}

void LibtpmsEngine::leave_library() {
  if (phase_ != Phase::running) return;
  MEBENCH_PROMISE(holder == this, "the engine that runs holds libtpms");
  TPMLIB_Terminate();
  holder = nullptr;
  phase_ = Phase::parked;
}

Bytes LibtpmsEngine::volatile_now() const {
  if (phase_ != Phase::running) return volatile_;
  return read_state(TPMLIB_STATE_VOLATILE).value_or(Bytes{});
}

Result<void> LibtpmsEngine::change_volatile(const std::function<bool(Bytes&)>& change) {
  if (phase_ == Phase::off) return Error{Errc::io, "changing the state of a TPM that is off"};
  if (!take_library()) return Error{Errc::invalid, "initialising the TPM"};
  park();
  if (!layout::is_volatile_state(volatile_) || !change(volatile_)) {
    return Error{Errc::invalid, "changing the TPM's volatile state"};
  }
  return {};
}

void LibtpmsEngine::serialize(sim::Archive& a) {
  a.section("tpm.engine");
  if (a.is_loading()) leave_library();
  Phase phase = phase_ == Phase::running ? Phase::parked : phase_;
  Bytes state = volatile_now();
  if (!state.empty()) layout::forget_time_of_day(state);
  a.value(phase);
  a.value(state);
  a.value(presence_);
  a.value(failure_pending_);
  a.value(detached_);
  random_.serialize(a);
  if (!a.is_loading()) return;
  phase_ = phase;
  volatile_ = std::move(state);
  if (phase_ > Phase::parked) a.fail("the TPM is in a phase that cannot be saved");
  if (!volatile_.empty() && !layout::is_volatile_state(volatile_))
    a.fail("not a TPM's volatile state");
}

}  // namespace emulator::tpm
