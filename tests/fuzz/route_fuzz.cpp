// Any bytes are a prompt: the router never crashes, gives the same answer twice, and explains what it decided.
#include <cstdlib>

#include "unit/route_text.h"

using namespace cascade;

namespace {

const Router& router() {
  static const test::Library library = test::library_of(
      "skill:flaky-tests -> agent:test-runner | Finds why a test fails only sometimes. | red on the build server\n"
      "skill:memory-leak | Traces memory that is never freed. | the worker grows until it is killed |\n"
      "agent:test-runner | Runs a test suite. |\n"
      "command:deploy | Ships a release to production. | put it live\n");
  static const Router built = library.router();
  return built;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Query query = test::query_of({reinterpret_cast<const char*>(data), size}, 30);
  const Routing first = router().rank(query), second = router().rank(query);
  const RoutingReport report = router().explain(query);
  if (first.decision != second.decision || first.decision != report.routing.decision) std::abort();
  if (first.ranked.size() != second.ranked.size() || first.ranked.size() != report.routing.ranked.size()) std::abort();
  for (std::size_t i = 0; i < first.ranked.size(); ++i)
    if (first.ranked[i].id != second.ranked[i].id || first.ranked[i].score != report.routing.ranked[i].score)
      std::abort();
  if (first.ranked.empty() && first.decision != Decision::silence) std::abort();
  const auto relevance = router().relevance(query);
  for (std::uint32_t id = 0; id < 4; ++id)
    if (const std::uint32_t found = relevance(ManifestId{id}, 0); found < 500 || found > 1000) std::abort();
  return 0;
}
