#include <catch2/catch.hpp>

#include "route/answer/prompt.h"
#include "unit/route_text.h"

namespace cascade {
namespace {

using route::EntryRecord;
using route::Ranked;
using test::first_of;
using test::Library;
using test::library_of;

// One entry each: its owner, its score, and what it has abroad.
struct Candidate {
  std::uint16_t owner = 0;
  std::uint32_t score = 0, abroad = 0;
};

// "1=80": entry and score, in the order that comes of it.
std::string settled(const std::vector<Candidate>& candidates) {
  std::vector<EntryRecord> entries(candidates.size());
  std::vector<Ranked> ranked;
  std::vector<std::uint32_t> abroad;
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    entries[i].owner = candidates[i].owner;
    ranked.push_back({i, candidates[i].score});
    abroad.push_back(candidates[i].abroad);
  }
  route::Tables tables;
  tables.entries = {entries.data(), entries.size()};
  settle_between_owners(tables, abroad, ranked);
  std::string text;
  for (const Ranked& r : ranked)
    text += (text.empty() ? "" : " ") + std::to_string(r.entry) + "=" + std::to_string(r.score);
  return text;
}

// A plugin of so many skills with five triggers each, of which the first asks for invoices.
std::string plugin_of(int skills) {
  std::string text = "skill:aid @stuffer root=1 | Helps with work. | export all invoices as pdf |\n";
  for (int i = 1; i < skills; ++i) {
    const std::string name = "aid-" + std::to_string(i);
    text += "skill:" + name + " @stuffer root=1 | Helps with work. | ";
    for (int k = 0; k < 5; ++k) text += "water the plants of floor" + std::to_string(i * 5 + k) + "; ";
    text += "|\n";
  }
  return text;
}

const std::string invoices = "skill:invoice-export | Exports invoices as PDF files. | | All invoices of a month.\n";
const std::string monthly = "skill:monthly-invoices | Exports invoices as PDF files. | | The invoices of a month.\n";

}  // namespace

TEST_CASE("between owners the one comes first whose believed triggers leave it more") {
  CHECK(settled({{0, 100, 100}, {1, 150, 80}}) == "0=100 1=80");
  CHECK(settled({{0, 100, 100}, {1, 150, 120}}) == "1=150 0=100");
  CHECK(settled({{0, 100, 90}, {1, 150, 80}}) == "0=100 1=80");
}

TEST_CASE("among the manifests of one owner triggers count in full") {
  CHECK(settled({{1, 150, 80}, {1, 100, 100}}) == "0=150 1=100");
  CHECK(settled({{1, 150, 80}, {1, 140, 140}, {0, 100, 100}}) == "2=100 0=80 1=79");
}

TEST_CASE("where all triggers are believed nothing changes, whosever they are") {
  CHECK(settled({{0, 150, 150}, {1, 150, 150}, {0, 90, 90}}) == "0=150 1=150 2=90");
}

TEST_CASE("what stands behind the settled ones by itself keeps its score") {
  CHECK(settled({{0, 100, 100}, {1, 150, 80}, {0, 70, 70}, {1, 60, 60}}) == "0=100 1=80 2=70 3=60");
}

TEST_CASE("of equals abroad the one with the higher score comes first, then the one that is first anyway") {
  CHECK(settled({{0, 100, 100}, {1, 150, 100}}) == "1=150 0=100");
  CHECK(settled({{1, 150, 100}, {0, 150, 100}, {2, 90, 90}}) == "0=150 1=150 2=90");
}

TEST_CASE("a few triggers win against another library's words, hundreds do not") {
  const std::string prompt = "export all invoices as pdf";
  const Library few = library_of(monthly + plugin_of(1)), many = library_of(monthly + plugin_of(200));
  CHECK(first_of(few, few.router(), prompt) == "aid");
  CHECK(first_of(many, many.router(), prompt) == "monthly-invoices");
}

TEST_CASE("however many triggers a plugin has, they part its own manifests as if it were alone") {
  const Library alone = library_of(plugin_of(200)), beside = library_of(invoices + plugin_of(200));
  for (const std::string prompt : {"water the plants of floor17", "water the plants of floor501"})
    CHECK(first_of(beside, beside.router(), prompt) == first_of(alone, alone.router(), prompt));
}

TEST_CASE("the plugins of one root share a budget, too") {
  std::string text = invoices;
  for (int plugin = 0; plugin < 20; ++plugin) {
    text += "skill:aid" + std::to_string(plugin) + " @p" + std::to_string(plugin) + " root=1 | Helps with work. | ";
    if (plugin == 0) text += "export all invoices as pdf; ";
    for (int k = 0; k < 100; ++k) text += "water the plants of floor" + std::to_string(plugin * 100 + k) + "; ";
    text += "|\n";
  }
  const Library library = library_of(text);
  CHECK(first_of(library, library.router(), "export all invoices as pdf") == "invoice-export");
}

}  // namespace cascade
