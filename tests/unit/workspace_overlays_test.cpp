#include <catch2/catch.hpp>

#include "memory_tree.h"
#include "workspace/roots.h"

namespace cascade::workspace {
namespace {

std::string phrases_of(std::string_view text) {
  Overlays found;
  parse_overlay(text, "t.yaml", found);
  std::string out;
  for (const Overlay& overlay : found.overlays) {
    out += to_string(overlay.symbol) + " =";
    for (const std::string& phrase : overlay.phrases) out += " [" + phrase + "]";
    out += "\n";
  }
  for (const std::string& fault : found.faults) out += "fault " + fault + "\n";
  return out;
}

}  // namespace

TEST_CASE("an overlay maps manifests to phrases") {
  CHECK(phrases_of("skill:review:\n  - look at my diff\n  - is this safe\nagent:tdd:red: one phrase\n") ==
        "skill:review = [look at my diff] [is this safe]\nagent:tdd:red = [one phrase]\n");
  CHECK(phrases_of("command:deploy:staging: put it there     # one phrase needs no list\n") ==
        "command:deploy:staging = [put it there]\n");
  CHECK(phrases_of("") == "");
  CHECK(phrases_of("# nothing yet\n") == "");
}

TEST_CASE("what is faulty in an overlay is left out and named with its place") {
  CHECK(phrases_of("# what people type\n- a\n- b\n") ==
        "fault t.yaml:2:1: expected a map from kind:name to phrases, such as skill:NAME: what people type\n");
  // One slip is told once, however many entries are read on their own because of it.
  const std::string told = phrases_of("skill:x: [a\nskill:y: [b]\nskill:z: [c]\n");
  INFO(told);
  CHECK(told.find("fault t.yaml:") != std::string::npos);
  CHECK(told.find("fault ") == told.rfind("fault "));
  CHECK(told.find("; mend it there (cascade help triggers)\n") != std::string::npos);
  CHECK(phrases_of("review: [a]\nskill:x: [b]\n") ==
        "skill:x = [b]\nfault t.yaml:1:1: 'review' is not written kind:name; a kind is skill, agent, command\n");
  CHECK(phrases_of("skil: deploy\nagnet:x: [b]\n") ==
        "fault t.yaml:1:1: 'skil' is not written kind:name; did you mean skill:NAME?\n"
        "fault t.yaml:2:1: 'agnet:x' is not written kind:name; did you mean agent:x?\n");
  CHECK(phrases_of("skill:x:\n  - [a, b]\n  - c\n") ==
        "skill:x = [c]\nfault t.yaml:2:5: a phrase is one line of text\n");
}

TEST_CASE("of a library's own prompts two of three teach, and every third is kept back to measure with") {
  Overlays found;
  parse_own_prompts(
      "== skill:review\na1\na2\na3\na4\n== none thanks\nb1\nb2\n== command:deploy\nc1\n== none status\nb3\n== "
      "review\nd1\n",
      "p", found);
  std::string text;
  for (const Overlay& overlay : found.overlays) {
    text += to_string(overlay.symbol) + " =";
    for (const std::string& phrase : overlay.phrases) text += " " + phrase;
    text += "\n";
  }
  for (const KnownPrompt& prompt : found.kept_back) text += "kept back: " + prompt.text + " " + prompt.answer + "\n";
  for (const std::string& fault : found.faults) text += "fault " + fault + "\n";
  CHECK(text ==
        "command:deploy = c1\n"
        "skill:review = a1 a2 a4\n"
        "kept back: a3 skill:review\n"
        "kept back: b3 \n"
        "fault p:13: \"== review\" is neither none nor kind:name\n"
        "fault p:14: a prompt stands before any \"==\" line\n");
}

TEST_CASE("slips in a library's own prompts are named with their line, each once") {
  Overlays found;
  parse_own_prompts("% writter: x\n==skill:a\none\n== skil:b\ntwo\nthree\n== nine x\n==> a prompt\n", "p", found);
  std::string text;
  for (std::size_t i = 0; i < found.overlays.size(); ++i)
    text += found.places[i] + " " + to_string(found.overlays[i].symbol) + "\n";
  for (const std::string& fault : found.faults) text += fault + "\n";
  CHECK(text ==
        "p:2 skill:a\n"
        "p:1: unknown key 'writter'; did you mean writer?\n"
        "p:7: \"== nine x\" is neither none nor kind:name; did you mean none?\n"
        "p:8: a prompt stands before any \"==\" line\n"
        "p:4: 'skil:b' is not written kind:name; did you mean skill:b?\n");
}

TEST_CASE("no number of prompts makes one manifest speak for everything") {
  std::string text = "== skill:review\n";
  for (int i = 0; i < 10'000; ++i) text += "prompt " + std::to_string(i) + "\n";
  Overlays found;
  parse_own_prompts(text, "p", found);
  REQUIRE(found.overlays.size() == 1);
  CHECK(found.overlays.front().phrases.size() == 60);
  CHECK(found.kept_back.size() == 2'000);
}

TEST_CASE("overlays are read from every root, and an index depends on them") {
  files::MemoryTree tree;
  tree.write("/a/cascade.triggers.yaml", "skill:x: [one]\n");
  tree.write("/b/other", "");
  std::vector<SourceRoot> roots(2);
  roots[0].folder.path = "/a";
  roots[1].folder.path = "/b";
  roots[1].label = "b:";
  const Overlays found = read_overlays(tree, roots);
  CHECK(found.overlays.size() == 1);
  CHECK(found.faults.empty());
  CHECK(found.text == "cascade.triggers.yaml\nskill:x: [one]\n\n");
}

TEST_CASE("in the user's folder as a root those of clients' folders are read, in a project's not") {
  files::MemoryTree tree;
  for (const char* folder : {"/home", "/home/.claude", "/home/.gemini", "/home/p/.claude"})
    tree.write(std::string(folder) + "/cascade.triggers.yaml", "skill:x: [one]\n");
  tree.link("/user", "/home");
  std::vector<SourceRoot> roots(1);
  roots[0].folder.path = "/home";
  CHECK(read_overlays(tree, roots, "/user").places ==
        std::vector<std::string>{"/home/cascade.triggers.yaml:1:1", "/home/.claude/cascade.triggers.yaml:1:1",
                                 "/home/.gemini/cascade.triggers.yaml:1:1"});
  CHECK(read_overlays(tree, roots, "").places.size() == 1);
  roots[0].folder.path = "/home/p";
  CHECK(read_overlays(tree, roots, "/user").places.empty());
}

TEST_CASE("an overlay that is a link to another file is not read, and nothing of that file is quoted") {
  files::MemoryTree tree;
  tree.write("/home/.ssh/id", "secret one: [x]\n");
  tree.write("/a/.git/config", "secret two: [x]\n");
  tree.write("/b/shared/cascade.triggers.yaml", "skill:x: [one]\n");
  std::vector<SourceRoot> roots(3);
  roots[0].folder.path = "/a";
  roots[1] = {{"/b"}, Scope::project, "b:"};
  roots[2] = {{"/c"}, Scope::project, "c:"};
  tree.link("/a/cascade.triggers.yaml", ".git/config");
  tree.link("/b/cascade.triggers.yaml", "shared/cascade.triggers.yaml");
  tree.link("/c/cascade.triggers.yaml", "/home/.ssh/id");
  const Overlays found = read_overlays(tree, roots);
  CHECK(found.overlays.size() == 1);
  CHECK(found.text.find("secret") == std::string::npos);
  CHECK(found.faults ==
        std::vector<std::string>{"/a/cascade.triggers.yaml: the link leads to another file, not followed",
                                 "/c/cascade.triggers.yaml: the link leads to another file, not followed"});
}

}  // namespace cascade::workspace
