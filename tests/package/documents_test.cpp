// Manual pages and completions say what the program does: they are made from its table of verbs and its pages.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>

#include "package/installed.h"

namespace cascade::package {
namespace {

using Names = std::set<std::string>;

Names words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), std::istream_iterator<std::string>()};
}

std::string program() { return prefix() + "/bin/cascade"; }

// The verbs that `cascade --help` lists below "Verbs".
Names verbs() {
  Names found;
  bool inside = false;
  for (const std::string& line : lines_of(run("'" + program() + "' --help").output)) {
    if (line == "Verbs") inside = true;
    if (inside && line.compare(0, 4, "    ") == 0) found.insert(line.substr(4, line.find(' ', 4) - 4));
  }
  return found;
}

// The options that a verb really parses.
Names options_of(const std::string& verb) {
  return words_of(run("HOME=/nonexistent '" + program() + "' " + verb + " --list-options").output);
}

// What bash offers behind these words; the last one is being typed.
Names offered_by_bash(const std::vector<std::string>& words) {
  std::string array;
  for (const std::string& word : words) array += " '" + word + "'";
  const Outcome outcome =
      run("bash -c 'source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _cascade; printf \"%s\\n\" "
          "\"${COMPREPLY[@]}\"' '" +
          prefix() + "/share/bash-completion/completions/cascade'" + array);
  INFO(outcome.output);
  REQUIRE(outcome.status == 0);
  return words_of(outcome.output);
}

std::string fish_file() { return prefix() + "/share/fish/vendor_completions.d/cascade.fish"; }

Names offered_by_fish(const std::string& line) {
  Names words;
  for (const std::string& offer : lines_of(run("HOME='" + scratch("fish") + "' fish --no-config -c 'source \"" +
                                               fish_file() + "\"; complete -C \"" + line + "\"'")
                                               .output))
    words.insert(offer.substr(0, offer.find('\t')));
  return words;
}

bool includes(const Names& all, const Names& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

TEST_CASE("bash offers each verb that the program has, and each option that the verb parses") {
  REQUIRE(verbs().size() > 10);
  CHECK(offered_by_bash({"cascade", ""}) == verbs());
  CHECK(includes(offered_by_bash({"cascade", "help", ""}), verbs()));
  CHECK(offered_by_bash({"cascade", "help", "tri"}) == Names{"triggers-yaml"});
  const Names common = offered_by_bash({"cascade", "--"});
  CHECK(includes(common, {"--root", "--format", "--help", "--version"}));
  for (const std::string& verb : verbs()) {
    if (verb == "help") continue;
    INFO(verb);
    Names expected = options_of(verb);
    expected.insert(common.begin(), common.end());
    Names offered;  // "--fix=unsafe" stands for "--fix"
    for (const std::string& option : offered_by_bash({"cascade", verb, "--"}))
      offered.insert(option.substr(0, option.find('=')));
    CHECK(offered == expected);
  }
}

TEST_CASE("bash offers the values of an option, behind global options too") {
  CHECK(offered_by_bash({"cascade", "bundle", "--follow", ""}) == Names{"required", "invoked", "mentioned"});
  CHECK(offered_by_bash({"cascade", "why", "--follow", "r"}) == Names{"required"});
  CHECK(offered_by_bash({"cascade", "--root", "bundle", "list", "--kind", ""}) == Names{"skill", "agent", "command"});
  CHECK(offered_by_bash({"cascade", "list", "--kind", "skill,a"}) == Names{"skill,agent"});
  CHECK(offered_by_bash({"cascade", "--freshness", "pa"}) == Names{"partial", "paranoid"});
  CHECK(offered_by_bash({"cascade", "bundle", "--budget", ""}).empty());
  CHECK(offered_by_bash({"cascade", "init", "--with", "rep"}) == Names{"repository"});
  CHECK(offered_by_bash({"cascade", "init", "--with", "gates,gu"}) == Names{"gates,guard"});
  CHECK(offered_by_bash({"cascade", "init", "--client", "co"}) == Names{"codex", "copilot"});
}

TEST_CASE("bash offers the words that a verb takes first") {
  CHECK(offered_by_bash({"cascade", "skills", "o"}) == Names{"off", "offer", "on"});
  CHECK(offered_by_bash({"cascade", "--root", "help", "gate", "re"}) == Names{"replay"});
  CHECK(offered_by_bash({"cascade", "memory", ""}).count("conflicts") == 1);
  CHECK(offered_by_bash({"cascade", "listing", "show", "re"}).count("restore") == 0);
}

// The shell asks the installed program, on a library of one skill.
TEST_CASE("names of manifests are offered where a manifest is meant") {
  const std::string home = scratch("names");
  write_text(home + "/.claude/skills/only-mine/SKILL.md", "---\nname: only-mine\ndescription: x\n---\n");
  const std::string environment = "cd '" + home + "' && export HOME='" + home + "' CASCADE_CACHE='" + home +
                                  "/cache' PATH=\"" + prefix() + "/bin:$PATH\" && ";
  const Outcome bash = run(environment +
                           "bash -c 'source \"$0\"; COMP_WORDS=(cascade show only-); COMP_CWORD=2; _cascade; "
                           "printf \"%s\\n\" \"${COMPREPLY[@]}\"' '" +
                           prefix() + "/share/bash-completion/completions/cascade'");
  CHECK(bash.output == "only-mine\n");
  for (const auto& [typed, offered] :
       {std::pair("session drop only-", "only-mine\n"), std::pair("session dr", "drop\n")}) {
    const Outcome session = run(environment + "bash -c 'source \"$0\"; COMP_WORDS=(cascade " + typed +
                                "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cascade; printf \"%s\\n\" "
                                "\"${COMPREPLY[@]}\"' '" +
                                prefix() + "/share/bash-completion/completions/cascade'");
    CHECK(session.output == offered);
  }
  if (!has("fish")) return;
  const Outcome fish = run(environment + "fish --no-config -c 'source \"" + fish_file() +
                           "\"; complete -C \"cascade why only-\"' | cut -f1");
  CHECK(fish.output == "only-mine\n");
}

TEST_CASE("fish offers verbs, options and values") {
  if (!has("fish")) {
    WARN("skipped: there is no fish");
    return;
  }
  CHECK(offered_by_fish("cascade ") == verbs());
  const Names offered = offered_by_fish("cascade bundle --");
  for (const std::string& option : options_of("bundle")) {
    INFO(option);
    CHECK(offered.count(option) == 1);
  }
  CHECK(offered_by_fish("cascade bundle --format ") == Names{"text", "markdown", "json"});
  CHECK(offered_by_fish("cascade bundle --follow ") == Names{"required", "invoked", "mentioned"});
  CHECK(offered_by_fish("cascade skills o") == Names{"off", "offer", "on"});
  CHECK(offered_by_fish("cascade help tri") == Names{"triggers-yaml"});
}

TEST_CASE("zsh completes verbs, options and values, and knows all of them") {
  const std::string file = prefix() + "/share/zsh/vendor-completions/_cascade";
  const std::string text = read_text(file);
  for (const std::string& verb : verbs()) {
    INFO(verb);
    CHECK(text.find("    '" + verb + ":") != std::string::npos);
    if (verb == "help") continue;
    for (const std::string& option : options_of(verb)) CHECK(text.find(option + "[") != std::string::npos);
  }
  if (!has("zsh")) {
    WARN("skipped: there is no zsh");
    return;
  }
  // What a line becomes when Tab is pressed behind it.
  const auto completed = [](const std::string& line) {
    return run("timeout 60 zsh -f '" CASCADE_SOURCE_DIR "/tests/package/press_tab.zsh' '" + prefix() +
               "/share/zsh/vendor-completions' '" + line + "'")
        .output;
  };
  CHECK(completed("cascade bun") == "cascade bundle \n");
  CHECK(completed("cascade bundle --foll") == "cascade bundle --follow \n");
  CHECK(completed("cascade bundle --follow req") == "cascade bundle --follow required \n");
  CHECK(completed("cascade bundle --format mark") == "cascade bundle --format markdown \n");
  CHECK(completed("cascade --freshness partial list --shad") == "cascade --freshness partial list --shadowed \n");
  CHECK(completed("cascade help bun") == "cascade help bundle \n");
  CHECK(completed("cascade listing rest") == "cascade listing restore \n");
  CHECK(text.find("cascade names manifests") != std::string::npos);
}

TEST_CASE("there is a manual page for the program and for each verb, without a fault of its format") {
  const std::string folder = prefix() + "/share/man/man1/";
  Names expected = {"cascade.1.gz"}, there;
  for (const std::string& verb : verbs()) expected.insert("cascade-" + verb + ".1.gz");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) there.insert(entry.path().filename().string());
  CHECK(there == expected);
  for (const std::string& page : there) {
    INFO(page);
    if (has("groff")) CHECK(run("zcat '" + folder + page + "' | groff -man -Tutf8 -ww -z").output == "");
    if (has("mandoc"))
      CHECK(run("zcat '" + folder + page + "' | mandoc -T lint -W warning | grep -v 'missing date'").output == "");
  }
}

TEST_CASE("a manual page says what the page of the verb says") {
  if (!has("groff")) {
    WARN("skipped: there is no groff");
    return;
  }
  const std::string text =
      run("zcat '" + prefix() + "/share/man/man1/cascade-bundle.1.gz' | groff -man -Tascii -P-cbou").output;
  for (const char* part :
       {"cascade-bundle - assemble the context for a task under a budget", "cascade bundle NAME... | --prompt TEXT",
        "OPTIONS", "--max-chars N", "EXAMPLES", "cascade bundle flaky-test-elimination --depth 1", "SEE ALSO"}) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find('`') == std::string::npos);
}

}  // namespace
}  // namespace cascade::package
