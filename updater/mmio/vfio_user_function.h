// SPDX-License-Identifier: BSD-3-Clause
// A HECI function that another process serves over vfio-user: its configuration space, and BAR0 as
// base::Mmio.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/mmio.h"
#include "base/result.h"
#include "updater/mmio/vfio_user_link.h"

namespace updater::mmio {

class VfioUserFunction final : public base::Mmio {
 public:
  /// Connects and switches memory space on, as whoever drives a function does. Errors: those of
  /// VfioUserLink::open, unsupported (not a HECI function's regions).
  static base::Result<std::unique_ptr<VfioUserFunction>> open(const std::string& path,
                                                              base::Clock& clock);
  /// The same over a link that is there.
  static base::Result<std::unique_ptr<VfioUserFunction>> over(std::unique_ptr<VfioUserLink> link);

  /// As VfioUserLink::board_id().
  const std::optional<protocol::BoardId>& board_id() const { return link_->board_id(); }

  /// Configuration space; offset + width must be <= 256. Errors: those of VfioUserLink::request.
  base::Result<std::uint16_t> config16(std::uint32_t offset);
  base::Result<std::uint32_t> config32(std::uint32_t offset);

  /// One request each; writes are posted. A lost connection reads FFFFFFFFh.
  std::uint32_t read32(std::uint32_t offset) override;
  void write32(std::uint32_t offset, std::uint32_t value) override;

 private:
  explicit VfioUserFunction(std::unique_ptr<VfioUserLink> link) : link_(std::move(link)) {}

  base::Result<void> check_regions();
  base::Result<void> enable_memory();
  base::Result<std::uint32_t> read(std::uint32_t region, std::uint32_t offset, std::uint32_t size);

  std::unique_ptr<VfioUserLink> link_;
};

}  // namespace updater::mmio
