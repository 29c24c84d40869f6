#include "validate/rules/table.h"

#include "validate/rules/bd.h"
#include "validate/rules/ct.h"
#include "validate/rules/dq.h"
#include "validate/rules/fm.h"
#include "validate/rules/hk.h"
#include "validate/rules/id.h"
#include "validate/rules/pb.h"
#include "validate/rules/pl.h"
#include "validate/rules/rf.h"
#include "validate/rules/sec.h"
#include "validate/rules/su.h"
#include "validate/rules/tl.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace cascade::validation {
namespace {

template <std::size_t... Sizes>
constexpr auto joined(const RuleInfo (&... families)[Sizes]) {
  std::array<RuleInfo, (Sizes + ...)> all{};
  std::size_t next = 0;
  const auto append = [&](const auto& family) {
    for (const RuleInfo& rule : family) all[next++] = rule;
  };
  (append(families), ...);
  constexpr std::size_t install = static_cast<std::size_t>(Profile::install);
  for (RuleInfo& rule : all)
    if (rule.id.starts_with("SEC") && rule.by_profile[install] == off)
      rule.by_profile[install] =
          rule.id == "SEC017" ? info : rule.by_profile[static_cast<std::size_t>(Profile::claude_code)];
  return all;
}

constexpr auto table = joined(bd_rules, ct_rules, dq_rules, fm_rules, hk_rules, id_rules, pb_rules, pl_rules, rf_rules,
                              sec_rules, su_rules, tl_rules);

constexpr bool is_sorted() {
  for (std::size_t i = 1; i < table.size(); ++i)
    if (!(table[i - 1].id < table[i].id)) return false;
  return true;
}
static_assert(is_sorted());

constexpr std::string_view planned[] = {"BD004", "BD006", "CT007", "CT011", "HK009", "ID008",
                                        "PL010", "PL012", "RF009", "SU003", "TL008", "TL010"};

}  // namespace

bool is_planned(std::string_view id) noexcept {
  return std::find(std::begin(planned), std::end(planned), id) != std::end(planned);
}

Span<RuleInfo> rule_table() noexcept { return {table.data(), table.size()}; }

}  // namespace cascade::validation
