// SPDX-License-Identifier: BSD-3-Clause
// A dialect of MEInfo is a table of lines: what stands in one is printed, in its order and words.
#include <gtest/gtest.h>

#include "protocol/generation.h"
#include "tests/updater/report/collected.h"
#include "updater/report/meinfo.h"

namespace {

using namespace updater;
using namespace protocol::tools;
using tests::collected;
using tests::Esprimo;

constexpr Word kYesRows[] = {{.value = 1, .text = "Ja"}, {.value = 0, .text = "Nein"}};
constexpr Word kBitRows[] = {{.value = protocol::sku::kTpm, .text = "Schutz"},
                             {.value = protocol::sku::kQst, .text = "Luft"}};
constexpr Line kLines[] = {
    {.label = "Bericht", .form = Form::plain, .end = "!"},
    {.fact = Fact::ft_version, .label = "Stand"},
    {.fact = Fact::ft_build_number, .label = "Bau", .form = Form::joined},
    {.fact = Fact::brand, .label = "{brand}, im Einzelnen", .form = Form::title},
    {.fact = Fact::crypto_fuse, .label = "Krypto", .words = {kYesRows}},
    {.fact = Fact::capabilities, .label = "Kann", .form = Form::names, .words = {kBitRows}},
    {.fact = Fact::capabilities, .label = "Zahl", .form = Form::names_beneath, .words = {kBitRows}},
    {.fact = Fact::uns_version, .label = "UNS", .untold = "keine"},
    {.fact = Fact::lms_version, .label = "LMS", .untold = {}},
    {.fact = Fact::tpm_vendor, .label = "TPM", .form = Form::tight, .only_with = OnlyWith::tpm},
};
constexpr Meinfo kNewDialect{.format = "meinfo-neu", .generation = 6, .lines = kLines};

TEST(MeinfoDialect, ANewTableIsPrintedAsItStands) {
  EXPECT_EQ(report::meinfo(collected(Esprimo{}), kNewDialect),
            "Bericht!\n"
            "Stand: 5.0 Bau: 1111\n"
            "Intel(R) Standard Manageability, im Einzelnen:\n"
            "Krypto: Ja\n"
            "Kann: Schutz Luft\n"
            "Zahl: 62\n"
            "Schutz\n"
            "Luft\n"
            "UNS: keine\n"
            "TPM:INTC\n");
}

TEST(MeinfoDialect, WhatIsNotToldHasTheTablesWordOrNoLine) {
  inventory::Inventory silent;
  silent.capabilities = 0u;
  EXPECT_EQ(report::meinfo(silent, kNewDialect),
            "Bericht!\n"
            "Stand: Not Available Bau: Not Available\n"
            "Intel(R) AMT, im Einzelnen:\n"
            "Krypto: Not Available\n"
            "Kann: \n"
            "Zahl: 0\n"
            "UNS: keine\n");
}

TEST(MeinfoDialect, IsThatOfTheFirmwaresGeneration) {
  inventory::Inventory i;
  EXPECT_EQ(report::meinfo_dialect(i).format, "meinfo-5") << "the version is not known";
  const auto of = [&](std::uint16_t major) {
    i.version = protocol::fwu::VersionReply{.code = {major, 0, 0, 1000}};
    return report::meinfo_dialect(i).format;
  };
  EXPECT_EQ(of(3), "meinfo-4");
  EXPECT_EQ(of(4), "meinfo-4");
  EXPECT_EQ(of(5), "meinfo-5");
  EXPECT_EQ(of(9), "meinfo-9");
  EXPECT_EQ(of(11), "meinfo-9") << "of a dialect that is only read, the last before it";
}

}  // namespace
