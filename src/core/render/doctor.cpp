#include "render/doctor.h"

#include "render/parts.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

// All marks are four columns wide, so that the names line up.
std::string mark(CheckState state, Paint paint) {
  switch (state) {
    case CheckState::good: return paint.green("ok  ");
    case CheckState::warning: return paint.yellow("note");
    case CheckState::bad: return paint.red("BAD ");
  }
  return "";
}

std::string doctor_text(const std::vector<Check>& checks, Paint paint) {
  std::size_t width = 0;
  for (const Check& check : checks) width = std::max(width, check.name.size());
  std::string out;
  for (const Check& check : checks) {
    out += mark(check.state, paint) + "  " + check.name + std::string(width - check.name.size() + 2, ' ') +
           unicode::displayable(check.detail) + "\n";
    if (!check.help.empty()) out += std::string(width + 8, ' ') + "help: " + unicode::displayable(check.help) + "\n";
  }
  return out;
}

}  // namespace

constexpr letters::Names<CheckState::bad> check_state_names("good", "warning", "bad");
std::string_view to_string(CheckState state) noexcept { return check_state_names.of(state); }

Result<std::string> doctor(const std::vector<Check>& checks, Format format, Paint paint) {
  if (format == Format::text) return doctor_text(checks, paint);
  if (format != Format::json) return no_format("doctor", format);
  syntax::JsonWriter json = document("cascade.doctor/1");
  json.key("checks").objects(checks, [&](const Check& check) {
    json.key("name").string(check.name).key("state").string(to_string(check.state));
    json.key("detail").string(check.detail).key("help").string(check.help);
  });
  return finish(json);
}

}  // namespace cascade::rendering
