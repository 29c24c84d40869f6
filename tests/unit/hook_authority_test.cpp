// Which scopes may claim a place in every session, or the name of an agent of the client's, without the user's leave.
#include "hook/layer.h"

#include "unit/hook_library.h"

using namespace cascade;
using namespace cascade::test;

namespace {

Workspace workspace_of(const HookLibrary& library, Scope scope) {
  WorkspaceOptions open;
  open.directory = library.path;
  open.roots = {{library.path + "/lib", scope}};
  open.threads = 1;
  auto workspace = Workspace::open(open);
  REQUIRE(workspace);
  return *std::move(workspace);
}

const std::string pinned =
    "---\nname: pinned\ndescription: Does it. Use when asked.\nmetadata:\n  cascade-pinned: \"true\"\n---\nIt.\n";
const std::string general = "---\nname: general-purpose\ndescription: Does all. Use when asked.\n---\nAll.\n";

}  // namespace

TEST_CASE("a claim of the user's own manifests is granted, a project's and a plugin's need leave for just that file") {
  const HookLibrary library;
  library.write("lib/skills/pinned/SKILL.md", pinned);
  library.write("lib/agents/general-purpose.md", general);
  for (const auto& [scope, own] :
       {std::pair{Scope::user, true}, std::pair{Scope::managed, true}, std::pair{Scope::builtin, true},
        std::pair{Scope::project, false}, std::pair{Scope::plugin, false}}) {
    INFO(to_string(scope));
    const Workspace workspace = workspace_of(library, scope);
    const Registry registry = workspace.registry();
    const auto skill = registry.find({Kind::skill, "pinned"}), agent = registry.find({Kind::agent, "general-purpose"});
    REQUIRE(skill);
    REQUIRE(agent);
    HookOptions options;
    CHECK(hook::is_granted(workspace, options, *skill) == own);
    options.is_allowed = [&](const std::string& path) { return path == library.path + "/lib/skills/pinned/SKILL.md"; };
    CHECK(hook::is_granted(workspace, options, *skill));
    CHECK(hook::is_granted(workspace, options, *agent) == own);

    std::string claims;
    for (const hook::Claim& claim : hook::claims_of(workspace))
      claims += claim.what + ": " + claim.path.substr(library.path.size()) + "\n";
    CHECK(claims == (own ? ""
                         : "in every session: /lib/skills/pinned/SKILL.md\n"
                           "an agent of the client's: /lib/agents/general-purpose.md\n"));
  }
}

TEST_CASE("claims are found behind the user's own manifests and behind documents") {
  const HookLibrary library;
  for (const char* name : {"alpha", "omega"})
    library.write("own/skills/" + std::string(name) + "/SKILL.md",
                  "---\nname: " + std::string(name) + "\ndescription: Does it. Use when asked.\n---\nIt.\n");
  library.write("lib/skills/README.md", "What is here.\n");
  library.write("lib/skills/pinned/SKILL.md", pinned);
  for (const Scope other : {Scope::user, Scope::managed, Scope::builtin}) {
    WorkspaceOptions open;
    open.directory = library.path;
    open.roots = {{library.path + "/own", other}, {library.path + "/lib", Scope::project}};
    open.threads = 1;
    const auto workspace = Workspace::open(open);
    REQUIRE(workspace);
    REQUIRE(workspace->registry().size() > 2);
    const std::vector<hook::Claim> claims = hook::claims_of(*workspace);
    REQUIRE(claims.size() == 1);
    CHECK(claims[0].path == library.path + "/lib/skills/pinned/SKILL.md");
  }
}

TEST_CASE("only the word true pins, and only an agent can take an agent's name") {
  const HookLibrary library;
  library.write("lib/skills/pinned/SKILL.md", pinned);
  library.write("lib/skills/half/SKILL.md",
                "---\nname: half\ndescription: Does it.\nmetadata:\n  cascade-pinned: \"yes\"\n---\nIt.\n");
  library.write("lib/skills/general-purpose/SKILL.md", general);
  library.write("lib/agents/general-purpose.md", general);
  const Workspace workspace = workspace_of(library, Scope::project);
  const Registry registry = workspace.registry();
  const auto claims_name = [&](Kind kind, const char* name) {
    return hook::claims_client_name(registry, *registry.find({kind, name}), client::usual_dialect());
  };
  CHECK(hook::claims_pin(registry, *registry.find({Kind::skill, "pinned"})));
  CHECK_FALSE(hook::claims_pin(registry, *registry.find({Kind::skill, "half"})));
  CHECK(claims_name(Kind::agent, "general-purpose"));
  CHECK_FALSE(claims_name(Kind::skill, "general-purpose"));
  CHECK_FALSE(claims_name(Kind::agent, "leak-hunter"));
}
