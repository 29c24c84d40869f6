// Finds the resources of a tool call and takes them. Declared resources are matched by patterns of tools and programs;
// a browser is known by the name of its MCP server, a file by its real path. Resources are taken in sorted order and
// after all other verdicts, so that callers cannot wait for each other in a circle and a refused call holds nothing.
#include "leases/judge.h"

#include <algorithm>
#include <optional>

#include "events/judges.h"
#include "events/tools.h"
#include "files/paths.h"
#include "git/expected.h"
#include "leases/calls.h"
#include "leases/owner.h"
#include "text/ascii.h"
#include "text/words.h"

namespace cascade::systems {
namespace {

// The server of a tool that drives a browser ("mcp__playwright__browser_click"); empty for any other tool.
std::string browser_of(const std::string& tool) {
  constexpr std::string_view prefix = "mcp__";
  const std::size_t end = tool.find("__", prefix.size());
  if (tool.compare(0, prefix.size(), prefix) != 0 || end == std::string::npos) return {};
  const std::string server = letters::to_lower(tool.substr(prefix.size(), end - prefix.size()));
  for (const char* word : {"playwright", "browser", "chrome", "puppeteer", "selenium", "webdriver", "firefox"})
    if (server.find(word) != std::string::npos) return server;
  return tool.compare(end + 2, 8, "browser_") == 0 ? server : std::string();
}

// The action and the resource of `cascade lease take NAME`; nothing for any other call, or if its words are unknown.
std::optional<std::pair<std::string, std::string>> lease_call(const shell::Call& call) {
  if (call.program != "cascade") return std::nullopt;
  std::vector<std::string> words;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const shell::Value& word = call.words[i];
    if (!word.known) return std::nullopt;
    if (word.text == "--wait" || word.text == "--purpose" || word.text == "--format")
      ++i;
    else if (!word.text.empty() && word.text[0] != '-')
      words.push_back(word.text);
  }
  const auto verb = std::find(words.begin(), words.end(), "lease");
  if (words.end() - verb < 3) return std::nullopt;
  return std::pair(verb[1], verb[2]);
}

}  // namespace

Leased::Leased(const hook::EventInput& event, const policy::Policy& policy, const files::Tree& tree)
    : event_(event), policy_(policy) {
  if (policy.mode_of("leases") == policy::Mode::off) return;
  bool is_declared = false;
  for (const policy::Declared& declared : policy.declared)
    for (const std::string& pattern : declared.tools)
      if (letters::matches_wildcard(pattern, event.tool_name)) {
        add(declared.name);
        is_declared = true;
      }
  if (const std::string browser = browser_of(event.tool_name); !browser.empty() && !is_declared)
    add("browser:" + browser + "@" + event.session_id);
  for (const std::string& file : written_files(event))
    add("path:" + repository::real_path_of(files::join(event.working_directory, file), tree));
}

void Leased::add(std::string resource) {
  if (std::find(resources_.begin(), resources_.end(), resource) == resources_.end())
    resources_.push_back(std::move(resource));
}

void Leased::see(const shell::Call& call) {
  if (policy_.mode_of("leases") == policy::Mode::off || call.words.empty()) return;
  if (const auto own = lease_call(call)) calls_.push_back(*own);
  ports_.see(call);
  for (const std::string& port : ports_.used()) add("port:" + port);
  if (ports_.stops_by_name()) add("port:*");
  for (const policy::Declared& declared : policy_.declared) {
    if (declared.bash.empty() || !letters::matches_wildcard(declared.bash.front(), call.program)) continue;
    const bool all = std::all_of(declared.bash.begin() + 1, declared.bash.end(), [&](const std::string& pattern) {
      return std::any_of(call.words.begin() + 1, call.words.end(),
                         [&](const shell::Value& word) { return letters::matches_wildcard(pattern, word.text); });
    });
    if (all) add(declared.name);
  }
}

Result<void> Leased::take(const Surroundings& surroundings, std::vector<Verdict>& verdicts) const {
  if (policy_.mode_of("leases") == policy::Mode::off) return {};
  if (is_refused(verdicts)) return {};
  const lease::Callers callers(surroundings.state_directory);
  for (const auto& [action, resource] : calls_) callers.expect(event_.session_id, event_.agent_id, action, resource);
  std::vector<std::string> sorted = resources_;  // always in one order, so that no two callers wait for each other
  std::sort(sorted.begin(), sorted.end());
  const auto store = policy::store_of(policy_);
  const auto kept = store ? take_leases({event_.session_id, event_.agent_id, std::move(sorted), event_.tool_name,
                                         policy_.mode_of("leases") == policy::Mode::block, *store},
                                        surroundings)
                          : Result<std::vector<std::string>>(store.error());
  if (!kept && policy_.mode_of("leases") == policy::Mode::block) return kept.error();
  if (!kept)
    verdicts.push_back({"leases", policy_.mode_of("leases"), repository::Decision::deny,
                        "it is not known who holds what this call needs: " + kept.error().message});
  for (const std::string& reason : kept ? *kept : std::vector<std::string>())
    verdicts.push_back({"leases", policy_.mode_of("leases"), repository::Decision::deny, reason});
  return {};
}

namespace {

class Leases final : public CallJudge {
 public:
  explicit Leases(JudgedCall& call) : call_(call), leased_(call.event, call.policy, call.tree) {}

  void see(const shell::Call& call, const repository::GitWords*) override { leased_.see(call); }
  Result<void> judge() override { return leased_.take(call_.surroundings, call_.verdicts); }

 private:
  JudgedCall& call_;
  Leased leased_;
};

}  // namespace

Judge leases(JudgedCall& call) { return std::make_unique<Leases>(call); }

}  // namespace cascade::systems
