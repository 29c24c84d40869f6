// Routes a prompt for a conversation. Banned and withheld manifests are hidden from the router or reserved for calls by
// name, then the prompt is ranked. If the best answer needs a program or file that is missing here, that need is
// reported to the router and the prompt is ranked again, up to four times. Needs are checked only for the best answer,
// since each check looks at the disk.
#include "hook/routing.h"

#include <algorithm>

#include "hook/surroundings.h"
#include "request/withhold.h"
#include "route/needs.h"

namespace cascade::hook {
namespace {

// The manifests that the conversation ruled out earlier.
std::vector<ManifestId> ruled_out_before(const Conversation& conversation) {
  std::vector<ManifestId> ids;
  for (const std::string& root : conversation.ledger.ruled_out())
    if (const auto symbol = Symbol::parse(root))
      if (const auto id = conversation.registry.find(*symbol)) ids.push_back(*id);
  return ids;
}

}  // namespace

bool is_called(const Routing& routing, ManifestId id) {
  return std::find(routing.called.begin(), routing.called.end(), id) != routing.called.end();
}

bool is_refused(const Routing& routing, ManifestId id) {
  return std::binary_search(routing.refused.begin(), routing.refused.end(), id);
}

Routing route_prompt(Conversation& conversation, const Router& router, Query query) {
  constexpr int rounds = 4;  // if every ranked manifest of a library lacks something, stay silent
  request::insert_sorted(query.only_by_name, ruled_out_before(conversation));
  Routing routing = router.rank(query);
  if (routing.decision != Decision::silence &&
      request::withhold(conversation.registry, routing, conversation.overrides(), query))
    routing = router.rank(query);
  for (int round = 0; !routing.ranked.empty() && routing.decision != Decision::silence; ++round) {
    const ManifestId best = routing.ranked.front().id;
    if (is_called(routing, best)) break;
    std::vector<std::string> lacking = missing(route::needs_of(conversation.registry, best),
                                               conversation.event.working_directory, conversation.options.search_path);
    if (lacking.empty()) break;
    if (round == rounds) {
      routing.decision = Decision::silence;
      routing.ranked.clear();
      break;
    }
    query.lacking.insert(query.lacking.end(), lacking.begin(), lacking.end());
    routing = router.rank(query);
  }
  return routing;
}

}  // namespace cascade::hook
