// Facts come in recall's order. Each costs its own text, and the first of a scope also that scope's heading; one that
// does not fit is passed over, and a shorter one after it may still fit. Here each fact becomes a quote with a value;
// the packer weighs it against the skill's sections.
#include "hook/recalled.h"

#include <algorithm>

#include "facts/quote.h"
#include "files/tree.h"
#include "hook/clean.h"

namespace cascade::hook {
namespace {

using session::main_conversation;

recall::Place place_of(const Conversation& conversation) {
  const HookOptions& options = conversation.options;
  recall::Place place = recall::place_of(conversation.event.working_directory, options.home, options.configuration_home,
                                         files::DiskTree());
  place.team = options.team;
  return place;
}

// A fact is worth as much as a plain section of a skill that covers the whole prompt, and up to half more by its own
// share of the prompt. Less trust lowers both.
std::uint64_t value_of(const recall::Fact& fact, std::uint32_t share) {
  constexpr std::uint64_t base = 1'000'000;
  return base * (1'000 + std::min<std::uint32_t>(share, 1'000) / 2) / 1'000 * fact.trust / recall::full_trust;
}

// Collects facts, best first, while there is room, and then groups them by scope.
class Collection {
 public:
  Collection(const TokenCounter& counter, std::vector<std::uint64_t> held, TokenCount most)
      : counter_(counter), held_(std::move(held)), left_(most) {}
  Collection(Conversation& conversation, TokenCount most)
      : Collection(conversation.workspace.counter(), conversation.ledger.held(main_conversation), most) {}

  void add(const recall::Fact& fact, std::uint32_t share) {
    const std::uint64_t hash = recall::hash_of(fact);
    if (std::binary_search(held_.begin(), held_.end(), hash)) return;
    Quote quote{recall::name_of(fact), recall::heading(fact.scope), clean(recall::quote(fact)), hash,
                value_of(fact, share)};
    TokenCount cost = counter_.count(quote.text).tokens;
    const bool under =
        std::any_of(quotes_.begin(), quotes_.end(), [&](const Quote& other) { return other.heading == quote.heading; });
    if (!under) cost += counter_.count(quote.heading).tokens;
    if (cost > left_) return;
    left_ -= cost;
    quotes_.push_back(std::move(quote));
  }

  std::vector<Quote> take() {
    std::stable_sort(quotes_.begin(), quotes_.end(),
                     [](const Quote& a, const Quote& b) { return a.heading < b.heading; });
    return std::move(quotes_);
  }

 private:
  const TokenCounter& counter_;
  std::vector<std::uint64_t> held_;
  TokenCount left_;
  std::vector<Quote> quotes_;
};

}  // namespace

std::vector<Quote> recalled_for(const recall::Query& query, const std::string& state_directory,
                                const TokenCounter& counter, TokenCount most, std::vector<std::uint64_t> held) {
  const auto index = recall::Index::open(state_directory);
  if (!index) return {};
  Collection collection(counter, std::move(held), most);
  for (const recall::Recalled& one : recall::recall(*index, query).facts)
    collection.add(index->fact(one.fact), one.share);
  return collection.take();
}

std::vector<Quote> recalled(Conversation& conversation, TokenCount most) {
  if (!conversation.options.recalls) return {};
  recall::Query query;
  query.prompt = conversation.event.prompt;
  query.place = place_of(conversation);
  query.now = conversation.options.now;
  return recalled_for(query, conversation.options.state_directory, conversation.workspace.counter(), most,
                      conversation.ledger.held(main_conversation));
}

std::vector<Quote> recalled_before(Conversation& conversation, const std::vector<std::string>& names, TokenCount most) {
  if (!conversation.options.recalls || names.empty()) return {};
  const auto index = recall::Index::open(conversation.options.state_directory);
  if (!index) return {};
  Collection collection(conversation, most);
  for (const std::string& name : names)
    for (std::uint32_t i = 0; i < index->tables().facts.size; ++i) {
      const recall::FactRecord& record = index->tables().facts[i];
      const bool is_over = record.valid_until != 0 && record.valid_until < conversation.options.now;
      if (!is_over && "memory:" + std::string(index->tables().read(record.id)) == name)
        collection.add(index->fact(i), 1'000);
    }
  return collection.take();
}

std::string tell_recalled(Conversation& conversation, const std::vector<Quote>& quotes, const std::string& decision) {
  if (quotes.empty()) return {};
  std::string text;
  session::Entry entry;
  entry.event = session::Event::inject;
  entry.recipient = main_conversation;
  entry.layer = "memory";
  entry.root = "memory";
  entry.decision = decision;
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
