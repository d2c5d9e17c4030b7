// SPDX-License-Identifier: BSD-3-Clause
// An update in the wording and line order of the era's FWUpdLcl logs (scenarios/field-reports/),
// without its banner.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/tools/fwupdlcl.h"
#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/update/carry_out.h"
#include "updater/update/plan.h"

namespace updater::report {

/// "Trying to connect to MEI driver.", with the driver's version behind it where the host
/// tells one.
std::string fwupdlcl_connecting(const mei::HostFacts& host);
std::string fwupdlcl_flash_info(const inventory::Inventory& inventory);
std::string fwupdlcl_image_info(const image::Image& image);

/// "Communication Mode: TPM" and "FW image is uploading through TPM.", as the Esprimo's DOS log has
/// them; that HECI can stand in TPM's place is ours.
std::string fwupdlcl_mode(update::Way way);
std::string fwupdlcl_uploading(update::Way way);

/// The dialect of those lines: the one whose whole text the Esprimo's logs show.
inline constexpr const protocol::tools::Fwupdlcl& kFwupdlclOfFive =
    protocol::tools::fwupdlcl(protocol::tools::FwupdlclDialect::me5);

/// A line without a value; nothing where the dialect has none.
std::string fwupdlcl_line(const protocol::tools::Fwupdlcl& dialect, protocol::tools::Phrase which);
/// "Error (8721): ...", "Error 8741: ...", "FW Error Code: 280.": the logs' own text where one
/// shows it, else `what`.
std::string fwupdlcl_error(std::uint32_t number, std::string_view what,
                           const protocol::tools::Fwupdlcl& dialect = kFwupdlclOfFive);
std::string fwupdlcl_refusal(const update::Refusal& refusal,
                             const protocol::tools::Fwupdlcl& dialect = kFwupdlclOfFive);
std::string fwupdlcl_outcome(const update::Report& report,
                             const protocol::tools::Fwupdlcl& dialect = kFwupdlclOfFive);

}  // namespace updater::report
