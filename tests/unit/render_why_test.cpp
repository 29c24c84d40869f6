#include "render/why.h"

#include <catch2/catch.hpp>

#include "unit/bundle_library.h"

namespace cascade::rendering {
namespace {

const char* const review = R"(
    skill:review -> agent:linter
    | Read the change first.
    | ## Steps
    | Look at the tests.
    | ## Proof
    | Name the line that is wrong, and say why it is.
    agent:linter
    | You find style faults.
    | ## Method
    | Run it on changed files.
)";

WhyReport report_of(const test::Library& library, const std::string& subject, const std::string& root,
                    std::uint32_t tokens) {
  WhyReport report;
  report.id = *library.registry().find(*Symbol::parse(subject));
  report.request.roots = {*Symbol::parse(root)};
  report.explanation = explain(library.registry(), report.request, *Symbol::parse(subject));
  const auto resolved = resolve(library.registry(), report.request);
  for (const Selected& selected : resolved->selected)
    if (selected.id == report.id) report.selected = selected;
  report.bundle = library.bundle(root, tokens);
  return report;
}

// "in: (card) 210000 | budget: Steps 5 more tokens would bring it in"
std::string fates(const test::Library& library, const WhyReport& report) {
  std::string out;
  for (const SectionFate& fate : section_fates(library.registry(), report)) {
    out += out.empty() ? "" : " | ";
    out += std::string(to_string(fate.fate)) + ": ";
    out +=
        fate.form == Form::card ? "(card)" : std::string(library.registry().section(report.id, fate.section).heading);
    const std::string help = remedy(report, fate);
    out += help.empty() ? "" : " " + help;
  }
  return out;
}

}  // namespace

TEST_CASE("what is in has nothing to remedy") {
  const test::Library library(review);
  CHECK(fates(library, report_of(library, "skill:review", "skill:review", unlimited)) ==
        "in: (card) | in:  | in: Steps | in: Proof");
}

TEST_CASE("what the budget pushed out has a price") {
  const test::Library library(R"(
    skill:review
    | Read the change first.
    | ## Proof
    | Name the line that is wrong, and say why it is, in words that somebody who was not there understands without a
    | question, so that there is enough of them for a mark in their place to cost less than they do.
)");
  const std::uint32_t all = library.bundle("skill:review").cost.tokens;
  CHECK(fates(library, report_of(library, "skill:review", "skill:review", all - 1)) ==
        "in: (card) | in:  | budget: Proof 7 more tokens would bring it in");
}

TEST_CASE("sections of a card need more depth") {
  const test::Library library(review);
  WhyReport report = report_of(library, "agent:linter", "skill:review", unlimited);
  report.depth_needed = 1;
  CHECK(fates(library, report) ==
        "in: (card) | card_only:  --depth 1 would take it in full | card_only: Method --depth 1 would take it in full");
  CHECK(is_in(section_fates(library.registry(), report)));
}

TEST_CASE("without a bundle the least budget is named") {
  const test::Library library(review);
  const WhyReport report = report_of(library, "skill:review", "skill:review", 1);
  CHECK(fates(library, report).find("no_bundle: (card) the least budget is") == 0);
  CHECK(!is_in(section_fates(library.registry(), report)));
}

TEST_CASE("what nothing leads to is out") {
  const test::Library library(review);
  const WhyReport report = report_of(library, "skill:review", "agent:linter", unlimited);
  CHECK(fates(library, report).find("unreached: (card) nothing here leads to it; name it as a root") == 0);
}

TEST_CASE("the text names the path, the sections and the certificate") {
  const test::Library library(review);
  const auto text =
      why(library.registry(), report_of(library, "agent:linter", "skill:review", unlimited), {}, Format::text, Paint());
  REQUIRE(text);
  CHECK(text->find("agent:linter  in: 1 step from skill:review\n\nbecause of\n"
                   "  skills/review/SKILL.md:10:1  skill:review invokes agent:linter (task)\n") == 0);
  CHECK(text->find("optimal\n") != std::string::npos);
}

TEST_CASE("a gap is rounded up, so that the bound stays one") {
  Certificate certificate;
  certificate.gap_ppm = 1;
  CHECK(proof_text(certificate) == "at most 0.01 % below the best");
  certificate.gap_ppm = 123'401;
  CHECK(proof_text(certificate) == "at most 12.35 % below the best");
  certificate.proof = Proof::optimal;
  CHECK(proof_text(certificate) == "optimal");
}

}  // namespace cascade::rendering
