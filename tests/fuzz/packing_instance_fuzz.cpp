// Any bytes as an instance: they are refused, or packed into an answer that keeps its promises at every node limit.
#include "eval/instance.h"

#include <cstdlib>

#include "../unit/budget_oracle.h"

using namespace cascade;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = instance::read_instance({reinterpret_cast<const char*>(data), size}, "input");
  if (!read) return 0;
  std::uint64_t value = 0, bound = UINT64_MAX;
  for (const std::uint64_t nodes : {0, 3, 50}) {
    const auto packing = pack(read->problem, {nodes, 0});
    if (!packing) {
      require(packing.error().code == ErrorCode::malformed);
      return 0;
    }
    const std::string text = instance::write_solution(*read, *packing);
    require(text == instance::write_solution(*read, *pack(read->problem, {nodes, 0})));
    if (packing->status != PackingStatus::ok) continue;
    require(oracle::is_valid(read->problem, packing->selected));
    const Certificate& certificate = packing->certificate;
    require(certificate.value <= certificate.upper_bound && certificate.value >= value &&
            certificate.upper_bound <= bound);
    require(packing->cost.tokens <= read->problem.budget.limit.tokens);
    require(packing->cost.chars <= read->problem.budget.limit.chars);
    value = certificate.value;
    bound = certificate.upper_bound;
  }
  return 0;
}
