// The record: what each event of scripted sessions is answered with, letter for letter, and what the ledgers hold at
// the end. The scripts are in tests/unit/hook_scripts.txt: a line that begins with "=" begins a session with nothing
// remembered, a word says which event comes, and the record has the answer below each.
#include <map>
#include <sstream>

#include "facts/recall.h"
#include "source_folder.h"
#include "unit/hook_library.h"
#include "unit/record.h"

using namespace cascade;
using namespace cascade::test;

namespace {

const std::map<std::string, std::string> manifests = {
    {"skills/mend/SKILL.md",
     "---\nname: mend\ndescription: Mends a defect in three steps. Use when a defect was reported.\nmetadata:\n"
     "  cascade-layer: playbook\n  cascade-skills: release-notes\n  cascade-chain: \"1 > 2&3 > 4\"\n"
     "  cascade-exits: \"2: user; 4: artefact notes.txt\"\n  cascade-branches: \"1 hopeless > skill:zebra-care > 4; "
     "2 aborted > end\"\n---\n"
     "Mend it.\n\n## Chain\n\n| Step | Skill | Begins with | Ends when | Hands on |\n| --- | --- | --- | --- | --- |\n"
     "| 1 | `memory-leak-hunt` | a report | the leak is seen | the place |\n"
     "| 2 | `kiln-tuning` | the place | the user agrees | a plan |\n| 3 | `zebra-care` | the place | it is said | |\n"
     "| 4 | `release-notes` | a plan | notes are there | the notes |\n"},
    {"skills/kiln-tuning/SKILL.md",
     "---\nname: kiln-tuning\ndescription: Tunes the kiln for porcelain. Use when a glaze comes out dull.\nmetadata:\n"
     "  cascade-triggers: the glaze is dull; tune the kiln\n---\n"
     "A kiln is tuned one cone at a time.\n\n## Steps\n\n1. Read the pyrometer.\n2. Run `/fire-kiln` with a cone.\n"
     "3. Wait.\n\n## Traps\n\n- A draught from the door.\n- A pyrometer that nobody calibrated since the last move of "
     "the workshop.\n\n## Background\n\nPorcelain is fired at 1280 degrees, stoneware at 1240, and earthenware much "
     "lower. The cones bend when clay has had enough of both, heat and time.\n"},
    {"skills/kiln-repair/SKILL.md",
     "---\nname: kiln-repair\ndescription: Repairs the kiln and its heating coils. Use when the kiln does not get "
     "hot.\n---\nUnplug it first.\n\n## Steps\n\n1. Measure the coils.\n"},
    {"skills/zebra-care/SKILL.md",
     "---\nname: zebra-care\ndescription: Cares for zebra stripes. Use when zebra stripes fade.\n---\nBrush them.\n"},
    {"skills/manual/SKILL.md",
     "---\nname: manual\ndescription: Sends the porcelain by post. Use when a parcel of porcelain is to be sent.\n"
     "disable-model-invocation: true\n---\nWrap it twice.\n"},
    {"skills/house-rules/SKILL.md",
     "---\nname: house-rules\ndescription: Rules of this house. Use always.\nmetadata:\n  cascade-pinned: "
     "\"true\"\n---\n"
     "Wash your hands.\n"},
    {"agents/potter.md",
     "---\nname: potter\ndescription: Throws pots and fires them. Use when a pot is wanted.\ntools: Read, Bash, Skill\n"
     "metadata:\n  cascade-commands: fire-kiln, diff-heaps\n---\nYou throw one pot at a time.\n\n## Method\n\n"
     "1. Centre the clay.\n2. Run `/fire-kiln`.\n\n## Limits\n\nNever leave the wheel running.\n"},
    {"commands/fire-kiln.md",
     "---\ndescription: Fires the kiln\narguments: cone, hours\n---\nFire to $cone for $hours hours ($ARGUMENTS; $0; "
     "\\$1) "
     "in ${CLAUDE_SESSION_ID}.\n"},
    {"commands/tools/sweep.md", "---\ndescription: Sweeps the floor of the workshop\n---\nSweep $1.\n"},
    {".claude/skills/glaze-mixing/SKILL.md",
     "---\nname: glaze-mixing\ndescription: Mixes glazes of ash and clay. Use when a glaze is to be mixed.\nmetadata:\n"
     "  cascade-agents: heap-reader, potter\n  cascade-commands: fire-kiln\n---\nWeigh the ash.\n\n## Steps\n\n"
     "1. Sieve it.\n"},
    {".claude/agents/heap-reader.md",
     "---\nname: heap-reader\ndescription: Reads heaps. Use when asked.\ntools: Read, Skill\n---\nMy own text. Run "
     "`/diff-heaps`.\n"},
    {"commands/yard/sweep.md", "---\ndescription: Sweeps the yard\n---\nSweep the yard.\n"},
};

std::string without(std::string text, const std::string& part, const std::string& instead) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + instead.size()))
    text.replace(at, part.size(), instead);
  return text;
}

std::string json(const std::string& text) { return syntax::quote_json(text); }

class Script {
 public:
  Script() {
    for (const auto& [path, text] : manifests) library_.write("lib/" + path, text);
    library_.write("work/README.md", "Pots.\n");
    library_.options.now = 1'000;
    library_.options.is_allowed = [](const std::string& path) { return path.find("house-rules") != std::string::npos; };
  }

  std::string run(const std::string& script) {
    std::string record;
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) continue;
      if (line.front() == '#') continue;
      if (line.front() == '=') {
        record += ledger() + "\n";
        begin();
      }
      record += line + "\n";
      std::istringstream words(line);
      std::string word, rest;
      words >> word;
      std::getline(words >> std::ws, rest);
      if (line.front() != '=') record += shown(event(word, without(rest, "\\n", "\n")));
    }
    return record + ledger();
  }

 private:
  void begin() {
    std::filesystem::remove_all(library_.options.state_directory);
    std::filesystem::remove_all(library_.path + "/t");
    std::filesystem::remove(library_.path + "/work/notes.txt");
    std::filesystem::remove_all(library_.path + "/home");
    const HookOptions before = library_.options;
    library_.options = {};
    library_.chooses = false;
    library_.options.state_directory = before.state_directory;
    library_.options.now = before.now;
    library_.options.is_allowed = before.is_allowed;
    session_ = "s1";
    turn_ = 0;
  }

  // What the program that calls the hooks has set.
  void set(const std::string& name, const std::string& value) {
    HookOptions& options = library_.options;
    const std::size_t number = std::strtoul(value.c_str(), nullptr, 10);
    if (name == "budget") options.prompt_budget = {static_cast<std::uint32_t>(number), 0};
    if (name == "agent-budget") options.agent_budget = {static_cast<std::uint32_t>(number), 0};
    if (name == "model") options.model = value;
    if (name == "refuses") options.refuses_tools = true;
    if (name == "quiet") options.announces = false;
    if (name == "program") options.program = value;
    if (name == "contested") options.contested_files = lines_of(without(value, " ", "\n"));
    if (name == "chooses") library_.chooses = true;
    if (name == "others") options.context = value + "\n";
    if (name == "others") options.notice = "they say " + value;
    if (name == "home") {
      options.home = library_.path + "/home";
      library_.write("home/.claude/skills/cascade/SKILL.md", "---\nname: cascade\ndescription: Loads.\n---\nIt.\n");
      library_.write("home/.claude/settings.json", value);
    }
    if (name == "recalls") remember();
  }

  void remember() {
    library_.options.recalls = true;
    std::filesystem::create_directories(library_.options.state_directory);
    library_.options.team = "crew";
    std::vector<recall::Fact> facts(4);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      facts[i].id = "m" + std::to_string(i + 1);
      facts[i].scope = i == 2 ? recall::Scope::user : recall::Scope::team;
      facts[i].owner = i == 2 ? "" : "crew";
      facts[i].valid_until = i == 3 ? 1'500 : 0;
    }
    facts[0].subject = "kiln temperature";
    facts[0].text = "The kiln fires porcelain at 1280 degrees.";
    facts[1].subject = "canteen";
    facts[1].text = "Lunch is served at noon.";
    facts[2].subject = "zebra";
    facts[2].text = "The zebra of the workshop has brown stripes.";
    facts[2].trust /= 2;
    facts[3].subject = "storeroom";
    facts[3].text = "The storeroom is locked until Monday.";
    REQUIRE(recall::make_index(
        library_.options.state_directory, [&] { return Result<std::vector<recall::Fact>>(facts); }, true));
  }

  std::string event(const std::string& word, const std::string& rest) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    const std::string first = rest.substr(0, blank), others = rest.substr(std::min(blank + 1, rest.size()));
    if (word == "set") set(first, others);
    if (word == "time") library_.options.now = std::stol(rest);
    if (word == "session") session_ = rest;
    if (word == "write") library_.write(first, others + "\n");
    if (word == "grow") library_.write("t/" + session_ + ".jsonl", std::string(std::stoul(rest) * 1024, '\n'));
    if (word == "start") return answer("SessionStart", "\"source\":" + json(rest));
    if (word == "compacts") return answer("PreCompact", "\"trigger\":\"auto\"");
    if (word == "prompt") {
      ++turn_;
      return answer("UserPromptSubmit", "\"prompt\":" + json(rest));
    }
    if (word == "take") return tool("Skill", "\"skill\":\"cascade\",\"args\":" + json(rest));
    if (word == "agent-takes")
      return tool("Skill", "\"skill\":\"cascade\",\"args\":" + json(others), ",\"agent_id\":" + json(first));
    if (word == "task") return tool("Agent", "\"prompt\":" + json(others) + ",\"subagent_type\":" + json(first));
    if (word == "plain-task") return tool("Agent", "\"description\":\"d\",\"prompt\":" + json(rest));
    if (word == "task-for-model")
      return tool("Agent", "\"prompt\":" + json(others) + ",\"model\":\"haiku\",\"subagent_type\":" + json(first));
    if (word == "team")
      return tool("Agent", "\"prompt\":\"look\",\"subagent_type\":" + json(first) + ",\"name\":" + json(others));
    if (word == "subagent")
      return answer("SubagentStart", "\"agent_type\":" + json(first) + ",\"agent_id\":" + json(others));
    return {};
  }

  std::string tool(const std::string& name, const std::string& input, const std::string& more = "") {
    return answer("PreToolUse", "\"tool_name\":" + json(name) + ",\"tool_input\":{" + input + "}" + more);
  }

  std::string answer(const std::string& name, const std::string& members) {
    return library_.answer("{\"session_id\":" + json(session_) +
                           ",\"transcript_path\":" + json(library_.path + "/t/" + session_ + ".jsonl") +
                           ",\"cwd\":" + json(library_.path + "/work") + ",\"prompt_id\":\"p" + std::to_string(turn_) +
                           "\",\"hook_event_name\":" + json(name) + "," + members + "}\n");
  }

  // An answer's lines, each moved in.
  std::string shown(const std::string& answer) const {
    if (answer.empty()) return {};
    return "    " + without(without(answer, library_.path, "LIB"), "\\n", "\n    ") + "\n";
  }

  // What the sessions' ledgers say, less the router's scores and the size of a line that has the library's path.
  std::string ledger() const {
    std::map<std::string, std::string> texts;
    const std::string folder = library_.options.state_directory + "/sessions";
    if (!std::filesystem::exists(folder)) return {};
    for (const auto& file : std::filesystem::directory_iterator(folder))
      if (file.is_regular_file()) texts[file.path().filename().string()] = read_text(file.path());
    std::string out;
    for (const auto& [name, text] : texts)
      for (const std::string& line : lines_of(text)) {
        std::string shown = without(line, library_.path, "LIB");
        if (const std::size_t at = shown.find("\"score\":"); at != std::string::npos)
          shown.erase(at, shown.find(',', at) + 1 - at);
        if (const std::size_t at = shown.find("\"tokens\":"); shown.find("too large") != std::string::npos)
          shown.erase(at, shown.find("\"pieces\"") - at);
        if (const std::size_t at = shown.find("\"pieces\":["); at != std::string::npos) {
          const std::size_t end = shown.find(']', at);
          const auto pieces = std::count(shown.begin() + static_cast<std::ptrdiff_t>(at),
                                         shown.begin() + static_cast<std::ptrdiff_t>(end), '{');
          shown.replace(at, end + 1 - at, std::to_string(pieces) + " pieces");
        }
        out += "  " + name.substr(0, 2) + " " + shown + "\n";
      }
    return out;
  }

  HookLibrary library_;
  std::string session_ = "s1";
  int turn_ = 0;
};

}  // namespace

TEST_CASE("scripted sessions get the recorded answers, letter for letter") {
  Script script;
  check_record("hook_answers.txt", script.run(read_text(test::source_folder() + "/tests/unit/hook_scripts.txt")));
}
