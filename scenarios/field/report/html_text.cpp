// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/html_text.h"

#include "scenarios/field/reading/log_line.h"
#include "scenarios/page/html_text.h"

namespace scenarios::field {

std::string escaped(std::string_view text) {
  return page::escaped(visible(text));
}

std::string element(std::string_view tag, std::string_view text, std::string_view attributes) {
  return page::element(tag, visible(text), attributes);
}

}  // namespace scenarios::field
