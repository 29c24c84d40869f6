// The parts that a check is made of, each by itself: what a record costs, what agents wrote, settings of two files,
// records in every spelling, runs of words, marked spans, commands.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "explain/change.h"
#include "explain/check.h"
#include "explanations/record.h"
#include "policy/explained.h"
#include "text/names.h"
#include "unit/seeded_random.h"

namespace cascade::comprehension {
namespace {

using Words = std::vector<std::string>;

Hunk hunk_of(Words removed, Words added) {
  Hunk hunk;
  hunk.old_lines = static_cast<std::uint32_t>(removed.size());
  hunk.new_lines = static_cast<std::uint32_t>(added.size());
  hunk.removed = std::move(removed);
  hunk.added = std::move(added);
  return hunk;
}

TEST_CASE("edits: an agent wrote a hunk with half of its lines, wherever they are indented") {
  AgentEdits edits;
  CHECK(edits.empty());
  edits.add("a.c", "int a;\n\n  return a;\r\n+int patched;\n+\n");
  CHECK_FALSE(edits.empty());
  const auto wrote = [&](Words added, const std::string& path = "a.c", const std::string& old_path = "a.c") {
    ChangedFile file;
    file.path = path;
    file.old_path = old_path;
    return edits.wrote(file, hunk_of({"x"}, std::move(added)));
  };
  CHECK(wrote({"int a;", "mine"}));
  CHECK_FALSE(wrote({"int a;", "mine", "mine, too"}));
  CHECK(wrote({"\treturn a;", "", "  "}));  // empty lines are nobody's
  CHECK(wrote({"int patched;"}));
  CHECK(wrote({"+int patched;"}));  // it may also be a line
  CHECK_FALSE(wrote({"int b;"}));
  CHECK(wrote({}));  // what only removes, in a file that it wrote into
  CHECK_FALSE(wrote({}, "b.c", "b.c"));
  CHECK(wrote({"int a;"}, "b.c", "a.c"));  // the file was renamed
  CHECK_FALSE(AgentEdits().wrote({}, hunk_of({}, {})));
}

std::string shown(const Settings& settings) {
  std::string text =
      std::string(settings.is_set ? "set" : "unset") + " mode " + std::to_string(static_cast<int>(settings.mode));
  for (const auto& [on, name] : {std::pair(settings.all, "all"),
                                 {settings.assisted, "assisted"},
                                 {settings.ai_notes, "notes"},
                                 {settings.edited, "edited"},
                                 {settings.risky_paths, "risky"},
                                 {settings.shown, "shown"},
                                 {settings.reviewed, "reviewed"}})
    if (on) text += std::string(" ") + name;
  std::vector<std::string> risky = settings.risky;
  std::sort(risky.begin(), risky.end());
  for (const std::string& pattern : risky) text += " " + pattern;
  return text + " small " + std::to_string(settings.small);
}

TEST_CASE("settings: of two files the stricter of each, whichever is the user's") {
  const Words files = {"",
                       "explain: all\n",
                       "explain: { require: [edited, ai-notes], mode: block }\n",
                       "explain: { require: shown, small: 3, risky: [\"a/**\"] }\n",
                       "explain: { reviewed: on, mode: warn, small: 200 }\n",
                       "explain: { reviewed: off, risky: [b] }\n"};
  for (const std::string& one : files) {
    CHECK(settings_of_texts(one, "")->is_set == !one.empty());
    CHECK(shown(*settings_of_texts(one, "")) == shown(*settings_of_texts("", one)));
    for (const std::string& other : files) {
      const Settings both = *settings_of_texts(one, other);
      CHECK(shown(both) == shown(*settings_of_texts(other, one)));
      if (one.empty() || other.empty()) continue;
      for (const std::string& single : {one, other}) {
        const Settings alone = *settings_of_texts(single, "");
        CHECK(both.mode >= alone.mode);
        CHECK(both.small <= alone.small);
        CHECK((!alone.all || both.all));
        CHECK((!alone.reviewed || both.reviewed));
      }
    }
  }
}

TEST_CASE("settings: what people may exempt is the project's to say") {
  const Settings both = *settings_of_texts("explain: { exempt: [\"**\"] }\n", "explain: { exempt: [\"gen/**\"] }\n");
  CHECK(both.exempt == Words{"gen/**"});
}

TEST_CASE("settings: a value of another kind is a fault with its place") {
  for (const char* value : {"[]", "{ require: [] }", "{ require: { a: b } }", "{ require: 5 }", "{ risky: a }",
                            "{ risky: [\"\"] }", "{ exempt: [[a]] }", "{ small: -1 }", "{ small: 201 }",
                            "{ small: 5x }", "{ small: 99999999999 }", "{ reviewed: maybe }", "nothing", "5"}) {
    const auto read = settings_of_texts("", std::string("a: b\nexplain: ") + value + "\n");
    INFO(value);
    REQUIRE_FALSE(read);
    CHECK(read.error().path.substr(0, 15) == "cascade.yaml:2:");
  }
  CHECK(settings_of_texts("", "explain: { small: 200, require: all }\n")->small == 200);
  CHECK(settings_of_texts("explain: { x: y }\n", "").error().path.substr(0, 4) == "your");
  CHECK_FALSE(settings_of_texts("", "explain: [\n"));
}

TEST_CASE("record: every path that a file can have is read as it was written") {
  test::SeededRandom random{9};
  const std::string alphabet = "ab \t\n\r\"\\'#:-,>.n/\xC3\xA4";
  for (int round = 0; round < 300; ++round) {
    Skeleton made;
    made.id = "it";
    made.by = "Ann";
    made.assisted = "no";
    BoundHunk hunk{"0123456789abcdef", "", random.below(1'000), random.below(50), random.below(1'000),
                   random.below(50),   0};
    for (std::size_t i = 1 + random.below(8); i > 0; --i) hunk.path += alphabet[random.below(alphabet.size() - 2)];
    made.hunks = {hunk};
    const Record record = parse_record(write_skeleton(made), record_path("it"));
    INFO('[' << hunk.path << ']');
    CHECK(record.faults.empty());
    REQUIRE(record.hunks.size() == 1);
    CHECK(record.hunks[0].path == hunk.path);
    CHECK(record.hunks[0].new_at == hunk.new_at);
    CHECK(record.hunks[0].old_lines == hunk.old_lines);
  }
}

const std::string front =
    "---\nexplanation: 1\nid: it\nby: Ann\nassisted: no\nseconds: 9\nhunks:\n  - 0123456789abcdef +1,2 -3,4 a "
    "b.c\n---\n";

TEST_CASE("record: line ends of Windows change nothing") {
  const std::string text =
      front +
      "## What it does\n\nfour words are here\n> quoted\n\n## Answers\n\n### 0123456789abcdef a b.c:1\n"
      "three more words\n\n## Reviews\n\n- Bob (37 s): fine\n";
  std::string windows;
  for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
  const Record one = parse_record(text, record_path("it")), other = parse_record(windows, record_path("it"));
  CHECK(one.faults.empty());
  CHECK(other.faults.empty());
  CHECK(one.words() == 7);
  CHECK(other.words() == 7);
  CHECK(other.hunks.at(0).path == "a b.c");
  CHECK(other.by == "Ann");
  CHECK(other.reviews.at(0).sentence == "fine");
}

TEST_CASE("record: numbers that no record has are faults") {
  const auto faults = [](const std::string& item) {
    return parse_record("---\nby: A\nhunks:\n  - " + item + "\n---\n", "r.md").hunks.empty();
  };
  CHECK_FALSE(faults("0123456789abcdef +1,2 -3,4 a"));
  CHECK_FALSE(faults("0123456789abcdef +4294967295,0 -0,0 a"));
  for (const char* item :
       {"0123456789abcdef +4294967296,2 -3,4 a", "0123456789abcde +1,2 -3,4 a", "0123456789abcdeg +1,2 -3,4 a",
        "0123456789abcdef -1,2 +3,4 a", "0123456789abcdef +1 -3,4 a", "0123456789abcdef +1,2 -3,4",
        "0123456789abcdef +1,2 -3,4 \"\"", "0123456789abcdef +,2 -3,4 a", "0123456789abcdef +1,x -3,4 a"})
    CHECK(faults(item));
}

TEST_CASE("record: comments and fences hide what is no heading and no word") {
  const auto words = [](const std::string& body) {
    return parse_record(front + "## What it does\n" + body, "it.md").words();
  };
  CHECK(words("one <!-- two\n## How it fails\nthree --> four\n") == 2);
  CHECK(words("one <!-- never closed\ntwo\n") == 1);
  CHECK(words("one --> two\n") == 2);
  CHECK(parse_record(front + "## What it does\n```\n## Nonsense\n```\n", "it.md").faults.empty());
  CHECK(parse_record(front + "## Nonsense\n", "it.md").faults.size() == 1);
}

TEST_CASE("copies: a text is in itself whole, and letters' case and code change nothing") {
  const auto share = [](const std::string& text, const std::string& other) {
    Runs sorted = runs_of(other);
    letters::sort_once(sorted);
    return share_in(runs_of(text), sorted);
  };
  const std::string text = "it waits for the lock before it writes the table";
  CHECK(share(text, text) == 100);
  CHECK(share(text, "IT WAITS for the lock before it writes the table, and more besides") == 100);
  CHECK(share(text, "it waits for `code` the lock before it writes the table") == 100);
  CHECK(share(text, "the table writes it before lock the for waits it") == 0);
  CHECK(share(text, "") == 0);
  CHECK(share("", text) == 0);
  CHECK(share("only three words", "only three words") == 0);  // one run is too little to be a copy
  CHECK(share(text + " anew each time", text) < 100);
  CHECK(runs_of("`all of this is code`").empty());
}

TEST_CASE("spans: what stands between two marks, and nothing that a paragraph parts") {
  const auto spans = [](std::string_view text) {
    std::string all;
    for (const MarkedSpan& span : code_spans(text)) {
      CHECK(text.substr(span.begin, 1) == "`");
      CHECK(text.substr(span.end - 1, 1) == "`");
      all += "[" + span.text + "]";
    }
    return all;
  };
  CHECK(spans("a `b` c `d e`") == "[b][d e]");
  CHECK(spans("`` `a` ``") == "[`a`]");
  CHECK(spans("`a\nb`") == "[a b]");
  CHECK(spans("`a\n\nb`").empty());
  CHECK(spans("` a ` `  ` `") == "[a][  ]");
  for (const char* text : {"", "`", "``", "a ` b", "``a`"}) CHECK(spans(text).empty());
}

TEST_CASE("statements: the sentence as its format says it") {
  const auto found = [](std::string_view text) {
    std::string all;
    for (const Statement& one : statements_in(text)) all += "[" + one.command + "|" + one.text + "]";
    return all;
  };
  CHECK(found("Without this hunk `make check` fails with `FAIL: a`.") == "[make check|FAIL: a]");
  CHECK(found("without it, `make check` fails.") == "[make check|]");
  CHECK(found("Without this hunk\n`make`\nfails with \"no rule\".") == "[make|no rule]");
  CHECK(found("Without this hunk `` a `b` `` fails.") == "[a `b`|]");
  CHECK(found("Without A `a` fails with `x`. Without B `b` fails with `y`.") == "[a|x][b|y]");
  for (const char* text :
       {"", "Without this hunk it fails.", "Without this hunk `make` works.", "Without this. `make` fails.",
        "Without this hunk\n\n`make` fails.", "Herewithout `make` fails.", "With this hunk `make` fails."})
    CHECK(found(text).empty());
}

TEST_CASE("reverts: the commit that a line of the message names") {
  const auto reverted = [](const std::string& message) {
    RangeCommit commit;
    commit.message = message;
    return reverted_by(commit);
  };
  CHECK(reverted("Undo\n\nThis reverts commit 0123456789abcdef.\n") == "0123456789abcdef");
  CHECK(reverted("This reverts commit 0123456 and 89abcde") == "0123456");
  for (const char* message :
       {"", "This reverts commit 012345.", "This reverts commit of Ann", "see: This reverts commit 0123456"})
    CHECK(reverted(message).empty());
}

TEST_CASE("notes: one with a prompt says that a program helped, an empty one that people wrote") {
  const auto noted = [](const std::string& note) {
    RangeCommit commit;
    commit.ai_note = note;
    return has_ai_note(commit);
  };
  CHECK(noted("a.c\n  s1 1-4\n---\n{\"prompts\": {\"s1\": {}}}"));
  CHECK_FALSE(noted("{\"prompts\": {}}"));
  CHECK_FALSE(noted("{\"prompts\":{}}"));
  CHECK_FALSE(noted(" \n"));
}

Need need_of(const std::string& path, Words removed, Words added, bool is_cut = false) {
  Change change;
  ChangedFile file;
  file.path = file.old_path = path;
  file.hunks = 1;
  change.files = {file};
  change.hunks = {hunk_of(std::move(removed), std::move(added))};
  change.hunks[0].id = "0000000000000001";
  if (is_cut) change.hunks[0].new_lines += 300;
  Settings settings = asked_for_all();
  settings.small = 0;
  return needs_of(change, settings, {}).of_hunk.at(0);
}

TEST_CASE("needs: white space is free where it is no syntax, ends of lines and empty lines everywhere") {
  CHECK(need_of("a.cc", {"int  a;"}, {"int a;", ""}) == Need::white_space);
  CHECK(need_of("a.cc", {"f(a,", "  b)"}, {"f(a, b)"}) == Need::white_space);
  CHECK(need_of("a.cc", {"ab"}, {"ba"}) == Need::needed);
  CHECK(need_of("a.py", {"a = 1  "}, {"a = 1", ""}) == Need::white_space);
  CHECK(need_of("a.py", {"a = 1"}, {"  a = 1"}) == Need::needed);
  CHECK(need_of("Makefile", {"\tcc"}, {"  cc"}) == Need::needed);
  CHECK(need_of("a.cc", {"int  a;"}, {"int a;"}, true) == Need::needed);  // not all of its lines are known
}

TEST_CASE("needs: comments are free, orders to tools are not") {
  CHECK(need_of("a.cc", {"// one"}, {"  // two", ""}) == Need::comments);
  CHECK(need_of("a.py", {"# one"}, {"# two"}) == Need::comments);
  CHECK(need_of("a.py", {"# one"}, {"# two", "x = 1  # three"}) == Need::needed);
  CHECK(need_of("a.py", {}, {"# noqa: E501"}) == Need::needed);
  CHECK(need_of("a.sh", {}, {"#!/bin/sh"}) == Need::needed);
  CHECK(need_of("a.cc", {}, {"# define X"}) == Need::needed);
  CHECK(need_of("a.xyz", {}, {"# one"}) == Need::needed);  // nobody knows what a comment is there
}

}  // namespace
}  // namespace cascade::comprehension
