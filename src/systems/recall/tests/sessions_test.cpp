// Sixty made-up conversations of three clients with questions whose turn is known, and with questions about what never
// was. Skipped where they are not there.
#include <cascade/registry.h>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "files/paths.h"
#include "recall/search.h"
#include "route/tables.h"
#include "source_folder.h"
#include "syntax/json.h"

using namespace cascade;
using namespace cascade::past;

namespace {

const std::string shared = test::source_folder() + "/../shared/fixtures/sessions";

std::vector<std::string> lines_of(const std::string& name) {
  std::vector<std::string> lines;
  std::ifstream file(shared + "/" + name);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

struct Rates {
  std::size_t asked = 0, first = 0, five = 0, session = 0, certain = 0, certain_right = 0;
};

struct Past {
  Router router;
  std::string bytes;
  Index index;

  std::vector<Passage> ask(const std::string& words) const {
    Question question;
    question.words = words;
    return search(index, RouterTables::tables(router), question);
  }
  std::string session_of(const Passage& one) const {
    return std::string(index.read(index.logs()[index.turns()[one.turn].log].session));
  }
};

// The sign by which the made-up keys are broken is taken out, as in a real log.
Past past_of_fixture() {
  auto router = Router::build(
      Registry::build({}), [](const ManifestView&, const SectionView&) { return Result<std::string>(std::string()); });
  REQUIRE(router);
  const files::DiskTree tree;
  const auto logs =
      find_logs(tree, [](const transcript::Format& format) { return files::join(shared + "/home", format.folder); });
  std::string bytes = make_index(tree, RouterTables::tables(*router), logs, nullptr, keep_all_but(tree, {}), {});
  auto index = Index::over(nullptr, bytes);
  REQUIRE(index);
  return {*std::move(router), std::move(bytes), *std::move(index)};
}

bool is_answer(const Past& past, const Passage& one, const syntax::Node& answers) {
  for (const syntax::Node& answer : answers.items)
    if (answer.find("session")->text == past.session_of(one) &&
        answer.find("turn")->text == std::to_string(past.index.turns()[one.turn].number))
      return true;
  return false;
}

bool is_session(const Past& past, const Passage& one, const syntax::Node& answers) {
  for (const syntax::Node& answer : answers.items)
    if (answer.find("session")->text == past.session_of(one)) return true;
  return false;
}

}  // namespace

TEST_CASE("the turn that answers a question is among the first five") {
  if (!std::filesystem::exists(shared)) {
    WARN("skipped: " + shared + " is not there");
    return;
  }
  const Past past = past_of_fixture();
  Rates all, close;
  for (const std::string& line : lines_of("questions.jsonl")) {
    const auto parsed = syntax::parse_json(line);
    const syntax::Node& answers = *parsed.root.find("answers");
    const auto found = past.ask(parsed.root.find("q")->text);
    const bool is_close = parsed.root.find("wording")->text == "close";
    for (Rates* rates : {&all, is_close ? &close : nullptr}) {
      if (rates == nullptr) continue;
      ++rates->asked;
      bool in_five = false, in_session = false;
      for (const Passage& one : found) {
        in_five = in_five || is_answer(past, one, answers);
        in_session = in_session || is_session(past, one, answers);
      }
      rates->five += in_five ? 1 : 0;
      rates->session += in_session ? 1 : 0;
      if (found.empty()) continue;
      rates->first += is_answer(past, found[0], answers) ? 1 : 0;
      const bool certain = found[0].certainty == Certainty::certain;
      rates->certain += certain ? 1 : 0;
      rates->certain_right += certain && is_session(past, found[0], answers) ? 1 : 0;
    }
  }
  std::size_t certain_never = 0;
  for (const std::string& line : lines_of("never.jsonl")) {
    const auto found = past.ask(syntax::parse_json(line).root.find("q")->text);
    certain_never += !found.empty() && found[0].certainty == Certainty::certain ? 1 : 0;
  }
  CHECK(all.first >= 53);
  CHECK(all.five >= 82);
  CHECK(all.session >= 90);
  CHECK(close.first * 100 >= 78 * close.asked);
  CHECK(close.five * 100 >= 95 * close.asked);
  CHECK(all.certain >= 40);
  CHECK(all.certain_right * 100 >= 95 * all.certain);
  CHECK(certain_never <= 1);
  // The fixture's logs have 7.1 MB.
  CHECK(past.bytes.size() <= 7'100'000 / 20);
}
