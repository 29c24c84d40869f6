#include "client/events.h"

#include "client/facts/claude_code.h"

namespace cascade::client {

namespace facts = claude_code_facts;

const Event* find_event(std::string_view name) noexcept { return find_by_name(facts::events, name); }
Span<Event> events() noexcept { return all_of(facts::events); }

const Handler* find_handler(std::string_view type) noexcept {
  for (const Handler& handler : facts::handlers)
    if (handler.type == type) return &handler;
  return nullptr;
}
Span<Handler> handlers() noexcept { return all_of(facts::handlers); }

bool is_own_source(std::string_view source) noexcept { return has_name(facts::own_sources, source); }

bool is_key_of_hooks_file(std::string_view key) noexcept { return has_name(facts::hooks_keys, key); }

}  // namespace cascade::client
