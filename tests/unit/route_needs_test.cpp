// Prompts that ask for several things, and the union of the answers to each.
#include <catch2/catch.hpp>

#include "route/answer/prompt.h"
#include "route/tables.h"
#include "unit/route_text.h"

namespace cascade {
namespace {

using test::Library;
using test::library_of;
using test::query_of;

const Library& office() {
  static const Library library = library_of(R"(
skill:invoice-sender | Sends invoices to customers by mail. | send the invoice; mail the invoice to the customer | Invoices and customers.
skill:stock-counter | Counts the stock of a warehouse. | count the stock; stock count of the warehouse | Stock, pallets and shelves.
skill:route-planner | Plans the tours of the delivery vans. | plan the tours; plan the delivery tours of the vans | Tours, vans and stops.
skill:customs-papers | Fills in customs declarations. | fill in the customs declaration; customs papers | Customs and tariffs.
skill:pallet-labels | Prints labels for pallets. | print the pallet labels; labels for pallets | Labels and printers.
agent:freight-broker | Finds a freight carrier. | find a freight carrier |
)");
  return library;
}

const Router& router() {
  static const Router all = office().router();
  return all;
}

std::string names(const std::vector<Match>& matches) {
  std::string text;
  for (const Match& match : matches) text += (text.empty() ? "" : " ") + std::string(office().registry[match.id].name);
  return text;
}

// "load invoice-sender; offer stock-counter": each need with its own decision.
std::string needs(std::string_view prompt) {
  std::string text;
  for (const Need& need : router().rank(query_of(prompt)).needs)
    text += (text.empty() ? "" : "; ") + std::string(to_string(need.decision)) + " " + names(need.matches);
  return text;
}

std::string loaded(std::string_view prompt) { return names(router().rank(query_of(prompt)).loaded); }

}  // namespace

TEST_CASE("each need has its own answer, and the routing is their union") {
  const std::string prompt = "Run the invoice-sender skill. Then run the stock-counter skill.";
  const Routing routing = router().rank(query_of(prompt));
  REQUIRE(routing.needs.size() == 2);
  CHECK(prompt.substr(routing.needs[1].asked_begin, routing.needs[1].asked_end - routing.needs[1].asked_begin) ==
        "run the stock-counter skill.");
  CHECK(routing.decision == Decision::load);
  CHECK(names(routing.loaded) == "invoice-sender stock-counter");
  CHECK(names(routing.ranked).rfind("invoice-sender stock-counter", 0) == 0);
  CHECK(needs(prompt) == "load invoice-sender; load stock-counter");
}

TEST_CASE("every manifest that is called by name is called") {
  CHECK(loaded("use the invoice-sender skill and then the stock-counter skill") == "invoice-sender stock-counter");
  CHECK(loaded("use invoice-sender and stock-counter") == "invoice-sender stock-counter");
}

TEST_CASE("a prompt with one need has no list of needs") {
  const Routing routing = router().rank(query_of("send the invoice to the customer by mail"));
  CHECK(routing.needs.empty());
  CHECK(routing.left_out.empty());
}

TEST_CASE("at most three are loaded, and what there is no room for is named") {
  const Routing routing = router().rank(
      query_of("use invoice-sender. use stock-counter. use route-planner. use customs-papers. use pallet-labels."));
  CHECK(names(routing.loaded) == "invoice-sender stock-counter route-planner");
  CHECK(names(routing.left_out) == "customs-papers pallet-labels");
}

TEST_CASE("what is refused for one need is refused for all") {
  const Routing routing =
      router().rank(query_of("Don't use the stock-counter skill. Count the stock of the warehouse. "
                             "Then plan the delivery tours of the vans."));
  CHECK(names(routing.loaded).find("stock-counter") == std::string::npos);
  CHECK(names(routing.offered).find("stock-counter") == std::string::npos);
  REQUIRE(routing.refused.size() == 1);
  CHECK(office().registry[routing.refused.front()].name == "stock-counter");
}

TEST_CASE("a refusal makes no load of what would be offered") {
  const Routing with = router().rank(query_of("print the labels for the pallets, not with pallet-labels"));
  CHECK(with.loaded.empty());
}

TEST_CASE("what a message is loaded as a whole stays loaded if a part names it") {
  CHECK(loaded("Clean the warehouse. Then show me the stock.") == "stock-counter");
  CHECK(loaded("Read the customs, and then make the declaration.") == "customs-papers");
  CHECK(loaded("Make the labels. Move the pallets.") == "pallet-labels");
  CHECK(loaded("Clean the warehouse. Then sing a song.").empty());
}

TEST_CASE("what is told beside a request or a joint does not hide the other") {
  for (const char* prompt :
       {"we still have to count the stock of the warehouse and customers wait for the invoice by mail",
        "the stock of the warehouse must be counted, btw customers wait for the invoice by mail",
        "Customers wait for the invoice by mail. The stock count of the warehouse is not done.",
        "Customers wait for the invoice by mail, all of them. Please count the stock."}) {
    const Routing routing = router().rank(query_of(prompt));
    INFO(prompt << ": " << names(routing.loaded) << " | " << names(routing.offered));
    std::string all = names(routing.loaded) + " " + names(routing.offered);
    CHECK(all.find("stock-counter") != std::string::npos);
    CHECK(all.find("invoice-sender") != std::string::npos);
  }
  CHECK(needs("count the stock of the warehouse and all shelves in the cellar").empty());
}

TEST_CASE("a part of an English message is read as English") {
  const route::Tables& tables = RouterTables::tables(router());
  const std::string text = "Alert auf Server pagina";
  const auto foreign = [](const route::Prompt& prompt) {
    return std::any_of(prompt.words.begin(), prompt.words.end(), [](const auto& word) { return word.foreign; });
  };
  CHECK(foreign(route::read_prompt(tables, text)));
  CHECK_FALSE(foreign(route::read_prompt(tables, text, true)));
  CHECK(route::read_prompt(tables, text, true).english);
}

TEST_CASE("a part of a long brief must be surer of what it offers") {
  const std::string weak = "Write to the customers. Then sing a song.";
  CHECK(names(router().rank(query_of(weak)).offered) == "invoice-sender");
  std::string brief = weak;
  for (int i = 0; i < 12; ++i) brief += " It rains here and nobody is at home today.";
  CHECK(router().rank(query_of(brief)).decision == Decision::silence);
}

TEST_CASE("what is loaded and offered comes first in the ranking, unless somebody searches") {
  const Routing routing = router().rank(query_of("Write the invoice, then clean the warehouse."));
  REQUIRE(routing.ranked.size() >= 2);
  std::vector<Match> said = routing.loaded;
  said.insert(said.end(), routing.offered.begin(), routing.offered.end());
  CHECK(names(routing.ranked).rfind(names(said), 0) == 0);
}

TEST_CASE("a search holds a manifest for each thing that a text asks for") {
  Query query = query_of(
      "First the customs declaration must be filled in. Additionally plan the tours of the vans. "
      "Finally find a freight carrier.",
      3);
  query.searches = true;
  std::vector<std::string> found;
  for (const Match& match : router().rank(query).ranked) found.emplace_back(office().registry[match.id].name);
  std::sort(found.begin(), found.end());
  CHECK(found == std::vector<std::string>{"customs-papers", "freight-broker", "route-planner"});
}

TEST_CASE("no ranking is made if none is wanted") {
  const Routing routing = router().rank(query_of("send the invoice. plan the tours.", 0));
  CHECK(routing.ranked.empty());
  CHECK_FALSE(routing.needs.empty());
}

TEST_CASE("the reasons of a prompt with several needs are those of each") {
  const RoutingReport report = router().explain(query_of("run invoice-sender. run stock-counter."));
  REQUIRE(report.needs.size() == 2);
  CHECK(report.signals.empty());
  CHECK(report.needs[1].called.size() == 1);
  CHECK(names(report.needs[1].routing.loaded) == "stock-counter");
}

}  // namespace cascade
