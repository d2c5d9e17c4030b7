// SPDX-License-Identifier: BSD-3-Clause
// What a test of the command line needs: a console that keeps what was printed, a device behind an
// opener, image files.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "tests/temporary_folder.h"
#include "updater/cli/meupdate.h"
#include "updater/cli/rehearsal_wish.h"

namespace tests {

class KeptConsole : public updater::cli::Console {
 public:
  std::size_t text_columns() const override { return text_width; }
  base::Result<std::string> read_input(std::size_t most) override {
    return typed_in.substr(0, most);
  }
  std::size_t text_width = 0;
  std::string typed_in;

  void out(std::string_view text) override { printed += text; }
  void err(std::string_view text) override { complained += text; }
  bool interactive() const override { return has_terminal; }
  std::size_t columns() const override { return width; }
  std::string date() const override { return today; }
  bool confirm(std::string_view question) override {
    asked += question;
    return says_yes;
  }
  bool stop_requested() const override { return stop_when(); }
  base::Result<std::optional<base::Secret>> ask_secret(std::string_view question,
                                                       const os::NoCoreDumps&) override {
    asked += question;
    if (types_secret.empty()) return std::optional<base::Secret>();
    return std::optional(base::Secret::copy_of(base::as_bytes(types_secret)));
  }

  bool has_terminal = false;
  std::size_t width = updater::cli::kUsualColumns;
  bool says_yes = false;
  std::string types_secret;
  std::string today;
  std::function<bool()> stop_when = [] { return false; };
  std::string printed;
  std::string complained;
  std::string asked;
};

/// Lends out one device; the test keeps it.
class LendingOpener : public updater::cli::DeviceOpener {
 public:
  LendingOpener(updater::mei::MeiDevice& device, base::Clock& clock)
      : device_(device), clock_(clock) {}

  base::Result<std::unique_ptr<updater::cli::OpenDevice>> open(
      const updater::cli::DeviceChoice& choice) override {
    ++opened;
    last_choice = choice;
    if (error) return *error;
    return std::unique_ptr<updater::cli::OpenDevice>(std::make_unique<Lent>(*this));
  }

  int opened = 0;
  int closed = 0;
  int claims = 0;
  updater::cli::DeviceChoice last_choice;
  updater::update::Rehearsal rehearse(const updater::cli::RehearsalWish& wish) override {
    ++rehearsed;
    rehearsed_image = wish.image.version();
    return rehearsal;
  }

  base::Result<void> claimed;       ///< what claim() gives
  std::vector<std::string> others;  ///< programs that have the device open, too
  int rehearsed = 0;
  protocol::FirmwareVersion rehearsed_image;
  updater::update::Rehearsal rehearsal;
  base::Result<updater::tpm::TpmTransport*> tpm =
      base::Error{base::Errc::not_found, "this computer has no TPM"};
  updater::update::Place place = updater::update::Place::in_sim;      ///< of the ME
  updater::update::Place tpm_place = updater::update::Place::in_sim;  ///< of the TPM
  std::optional<protocol::BoardId> board;             ///< that the ME's socket tells
  std::optional<updater::update::Nature> tpm_nature;  ///< without one: as the ME's
  updater::update::PowerSource power = updater::update::PowerSource::untold;
  std::optional<base::Error> error;
  std::optional<base::Error> close_error;

 private:
  class Lent : public updater::cli::OpenDevice {
   public:
    explicit Lent(LendingOpener& owner) : owner_(owner) {}
    updater::mei::MeiDevice& device() override { return owner_.device_; }
    base::Clock& clock() override { return owner_.clock_; }
    base::Result<updater::tpm::TpmTransport*> tpm() override { return owner_.tpm; }
    updater::update::Target me_target() override {
      return {.role = updater::update::Role::me,
              .name = owner_.device_.name(),
              .place = owner_.place,
              .nature = nature(),
              .power = owner_.power,
              .board = owner_.board};
    }
    updater::update::Target tpm_target() override {
      return {.role = updater::update::Role::tpm,
              .name = (*owner_.tpm)->name(),
              .place = owner_.tpm_place,
              .nature = owner_.tpm_nature.value_or(nature())};
    }
    base::Result<void> claim() override {
      ++owner_.claims;
      return owner_.claimed;
    }
    std::vector<std::string> others() override { return owner_.others; }
    base::Result<void> close() override {
      ++owner_.closed;
      if (owner_.close_error) return *owner_.close_error;
      return {};
    }

   private:
    updater::update::Nature nature() const {
      return owner_.device_.simulated() ? updater::update::Nature::simulated
                                        : updater::update::Nature::may_be_real;
    }

    LendingOpener& owner_;
  };

  updater::mei::MeiDevice& device_;
  base::Clock& clock_;
};

inline bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace tests
