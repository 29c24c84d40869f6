#include "validate/rules/table.h"

#include "validate/rules/rules.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cascade::validation {
namespace {

constexpr auto make_table() {
  std::array<RuleInfo, std::size(rule_rows::all)> table{};
  std::transform(std::begin(rule_rows::all), std::end(rule_rows::all), table.begin(), [](const RuleRow& row) {
    const std::array by_profile{row.standard, row.client, row.cascade, row.install};
    return RuleInfo{row.id, row.slug, by_profile, row.fix, row.condition, row.reason, row.bad, row.good};
  });
  return table;
}
constexpr auto table = make_table();

constexpr std::string_view planned[] = {"BD004", "BD006", "CT007", "CT011", "HK009", "ID008",
                                        "PL010", "PL012", "RF009", "SU003", "TL008", "TL010"};

}  // namespace

bool is_planned(std::string_view id) noexcept {
  return std::find(std::begin(planned), std::end(planned), id) != std::end(planned);
}

Span<RuleInfo> rule_table() noexcept { return {table.data(), table.size()}; }

}  // namespace cascade::validation
