#include "hook/recalled.h"

namespace cascade::hook {
namespace {

using session::main_conversation;

WantedFacts wanted(Conversation& conversation, TokenCount most) {
  return {conversation.options, conversation.event.working_directory, conversation.workspace.counter(), most,
          conversation.ledger.held(main_conversation)};
}

}  // namespace

std::vector<Quote> recalled(Conversation& conversation, TokenCount most) {
  if (!conversation.options.recalls) return {};
  return facts_for(conversation.event.prompt, wanted(conversation, most));
}

std::vector<Quote> recalled_before(Conversation& conversation, const std::vector<std::string>& names, TokenCount most) {
  if (!conversation.options.recalls || names.empty()) return {};
  return facts_named(names, wanted(conversation, most));
}

std::string tell_recalled(Conversation& conversation, const std::vector<Quote>& quotes, const std::string& decision) {
  if (quotes.empty()) return {};
  std::string text;
  session::Entry entry{.event = session::Event::inject,
                       .recipient = std::string(main_conversation),
                       .layer = "memory",
                       .root = "memory",
                       .decision = decision};
  const std::string* last = nullptr;
  for (const Quote& quote : quotes) {
    const std::string part = (last == nullptr || *last != quote.heading ? quote.heading : std::string()) + quote.text;
    last = &quote.heading;
    const Cost cost = conversation.workspace.counter().count(part);
    entry.pieces.push_back({quote.name, 0, Form::section, quote.content_hash, cost});
    entry.value += quote.value;
    entry.cost += cost;
    text += part;
  }
  entry.upper_bound = entry.value;
  return conversation.claim(std::move(entry)) ? text : std::string();
}

}  // namespace cascade::hook
