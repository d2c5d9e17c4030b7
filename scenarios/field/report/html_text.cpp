// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/html_text.h"

#include <fmt/format.h>

#include "base/markup.h"
#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {

std::string escaped(std::string_view text) {
  return base::as_markup(visible(text));
}

std::string element(std::string_view tag, std::string_view text, std::string_view attributes) {
  return fmt::format("<{0}{1}>{2}</{0}>", tag, attributes, escaped(text));
}

}  // namespace scenarios::field
