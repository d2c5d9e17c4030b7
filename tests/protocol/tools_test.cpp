// SPDX-License-Identifier: BSD-3-Clause
// The language of the old tools: what any of its tables has to keep.
#include <gtest/gtest.h>

#include <set>

#include "protocol/generation.h"
#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/meinfo.h"

namespace {

using namespace protocol;
using namespace protocol::tools;

TEST(ToolWords, AValueWithoutAWordIsItsNumberOrTheWordForAllOthers) {
  constexpr Word rows[] = {{.value = 1, .text = "one"},
                           {.value = 2, .text = "two", .use = Word::Use::read}};
  EXPECT_EQ(text_of(Words{rows}, 1), "one");
  EXPECT_EQ(text_of(Words{rows}, 2), "2") << "it is read, not printed";
  EXPECT_EQ(text_of(Words{rows, "many"}, 3), "many");
}

TEST(ToolWords, ANumberWithoutAWordMayStandInOne) {
  constexpr Word rows[] = {{.value = 6, .text = "six"}};
  EXPECT_EQ(text_of(Words{rows, "Unknown ({number})"}, 8), "Unknown (8)");
}

TEST(ToolWords, TheBrandStandsWhereItsMarkDoes) {
  EXPECT_EQ(with_brand("the {brand} Mode", kBrandAmt), "the Intel(R) AMT Mode");
  EXPECT_EQ(with_brand("SKU", kBrandAmt), "SKU");
}

TEST(MeinfoTables, HaveEachLabelOnce) {
  for (const Meinfo& dialect : kMeinfo) {
    std::set<std::string_view> labels;
    for (const Line& line : dialect.lines)
      EXPECT_TRUE(labels.insert(line.label).second) << dialect.generation << ": " << line.label;
  }
}

TEST(MeinfoTables, OfTheEsprimoAndTheThinkpadKeepTheirLogsSpelling) {
  const auto has = [](MeinfoDialect dialect, Fact fact, std::string_view label) {
    for (const Line& line : meinfo(dialect).lines) {
      if (line.fact == fact) return line.label == label;
    }
    return false;
  };
  EXPECT_TRUE(has(MeinfoDialect::me5, Fact::mac_address, "MAC Address"));
  EXPECT_TRUE(has(MeinfoDialect::me4, Fact::mac_address, "Host Mac Address"));
  EXPECT_TRUE(has(MeinfoDialect::me5, Fact::vendor, "VendorID"));
  EXPECT_FALSE(has(MeinfoDialect::me4, Fact::ip_address, "IP Address"));
}

TEST(MeinfoTables, OfAGenerationIsOneThatItsToolsSpeak) {
  EXPECT_EQ(meinfo(find_generation(5)->meinfo.value).generation, 5);
  EXPECT_EQ(meinfo(find_generation(8)->meinfo.value).generation, 6);
  EXPECT_EQ(meinfo(find_generation(10)->meinfo.value).generation, 9);
  EXPECT_EQ(meinfo(find_generation(15)->meinfo.value).generation, 12);
  EXPECT_EQ(meinfo(find_generation(3)->meinfo.value).generation, 4) << "chosen";
  EXPECT_EQ(find_generation(3)->meinfo.known, Known::chosen);
}

TEST(FwupdlclTables, SetAnErrorsNumberApartAsTheirGenerationDoes) {
  const auto form = [](std::uint16_t major) {
    return fwupdlcl(find_generation(major)->fwupdlcl.value).error;
  };
  EXPECT_EQ(form(2).before, "Error: ");
  EXPECT_EQ(form(4).before, "Error (");  // "Error (8729): TPM in owned state, ..."
  EXPECT_EQ(form(5).behind, "): ");      // "Error (8721): ..."
  EXPECT_EQ(form(9).before, "Error ");   // "Error 8741: FW Update Failed."
  EXPECT_EQ(form(9).behind, ": ");
  EXPECT_EQ(form(12).before, "FW Error Code: ");  // "FW Error Code: 280."
}

}  // namespace
