// What ends a step of a playbook, as the client's events tell it: evidence, and what only looks like it.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "hook/event.h"
#include "playbook/run.h"
#include "scratch_folder.h"
#include "session/ledger.h"
#include "syntax/json.h"
#include "unit/guarded_session.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

const std::string deploy = "fly deploy -a shop", deployed = "Visit https://shop.fly.dev/";
const std::string page = "https://shop.fly.dev/health";

// A project in which a playbook of one step with this exit may begin.
struct Talk {
  test::ScratchFolder folder;
  Surroundings surroundings;
  std::string exit;

  explicit Talk(std::string with) : exit(std::move(with)) {
    for (const char* name : {"state/cascade", "project"}) std::filesystem::create_directories(folder.path + "/" + name);
    write("cascade.yaml", "systems: { playbooks: on }\n");
    surroundings.state_directory = folder.path + "/state/cascade";
    surroundings.project_directory = project();
  }
  std::string project() const { return folder.path + "/project"; }
  session::Ledger ledger() const { return {surroundings.state_directory, "s"}; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(project() + "/" + name) << text; }

  Talk& begin() {
    playbook::Plan plan;
    plan.root = "skill:mend";
    playbook::Step step;
    step.number = 1;
    step.skill = "work";
    plan.steps = {step};
    plan.chain = chain::read_chain({"1", "1: " + exit, ""}, {1}, plan.faults);
    REQUIRE(plan.faults.is_empty());
    session::Ledger ledger = this->ledger();
    for (session::StepNote& note : playbook::begin(ledger.entries(), plan, project(), files::DiskTree()).notes) {
      session::Entry entry;
      entry.event = session::Event::step;
      entry.step = std::move(note);
      REQUIRE(ledger.append(entry));
    }
    return *this;
  }
  Talk& tell(const std::string& name, const std::string& rest) {
    const auto event = describe_hook_event("{\"session_id\":\"s\",\"prompt_id\":\"p\",\"cwd\":\"" + project() +
                                           "\",\"hook_event_name\":\"" + name + "\"," + rest + "}");
    REQUIRE(event);
    const auto told = heard(*event, surroundings);
    REQUIRE(told);
    return *this;
  }
  static std::string line(const std::string& command) {
    return R"("tool_name":"Bash","tool_input":{"command":)" + syntax::quote_json(command) + "},";
  }
  Talk& passes(const std::string& command, const std::string& output = "", const std::string& more = "") {
    return tell("PostToolUse", line(command) + R"("tool_response":{"stdout":)" + syntax::quote_json(output) +
                                   R"(,"stderr":"","interrupted":false)" + more + "}");
  }
  Talk& fails(const std::string& command, const std::string& output = "", int status = 1) {
    return tell("PostToolUseFailure", line(command) + "\"error\":" +
                                          syntax::quote_json("Exit code " + std::to_string(status) + "\n" + output));
  }
  // Whether the model may end the step.
  bool ends() const {
    playbook::Move move;
    move.action = playbook::action::done;
    move.text = "it works, I saw it";
    return playbook::judge(ledger().entries(), move, project(), files::DiskTree()).refusal.empty();
  }
};

struct Forged {
  const char *name, *exit;
  std::function<void(Talk& talk)> happens;  // it begins the playbook, too
};

Forged run(const char* name, const char* exit, const std::string& command, const std::string& output, int status = 0) {
  return {name, exit, [=](Talk& talk) {
            talk.begin();
            status == 0 ? talk.passes(command, output) : talk.fails(command, output, status);
          }};
}

Forged looked(const char* name, const std::string& command, const std::string& output) {
  return {name, "witness", [=](Talk& talk) { talk.begin().passes(deploy, deployed).passes(command, output); }};
}

std::vector<Forged> test_runs() {
  return {run("a pipe hides the status", "green", "pytest | tail -1", "5 passed in 0.1s"),
          run("|| true hides it", "green", "pytest || true", "5 passed in 0.1s"),
          run("what follows hides it", "green", "pytest; echo ok", "5 passed in 0.1s"),
          run("true behind it", "green", "set +e; pytest; true", "5 passed in 0.1s"),
          run("in the background of the shell", "green", "pytest &", "5 passed in 0.1s"),
          run("its name printed", "green", "echo pytest", "pytest"),
          run("the checker's version", "green mypy", "mypy --version", "mypy 1.19.0"),
          run("its result printed", "green", "echo '5 passed in 0.1s'", "5 passed in 0.1s"),
          run("never reached", "green", "true || pytest", "5 passed in 0.1s"),
          run("a condition eats it", "green", "if pytest; then :; fi", "5 passed in 0.1s"),
          run("turned around", "green", "! pytest", "1 failed in 0.1s"),
          run("a function of that name", "green", "pytest() { :; }; pytest", ""),
          run("an alias of that name", "green", "alias pytest=true; pytest", ""),
          run("in a comment", "green", "# pytest\ntrue", "5 passed in 0.1s"),
          run("in a here-document", "green", "cat <<'E'\npytest\nE", "pytest"),
          run("a shell that ends with 0", "green", "bash -c 'pytest; exit 0'", "5 passed in 0.1s"),
          run("no tests chosen", "green", "cargo test nope", "test result: ok. 0 passed; 0 failed; 9 filtered out"),
          run("no tests there", "green", "go test ./...", "?   \tapp\t[no test files]"),
          run("all skipped", "green", "pytest", "3 skipped in 0.02s"),
          run("only collected", "green", "pytest --collect-only", "5 tests collected"),
          run("only its version", "green", "pytest --version", "pytest 8.2"),
          run("not the words of the exit", "green tests/api", "pytest tests/unit", "5 passed in 0.1s"),
          run("not there", "red", "pytest", "bash: pytest: command not found", 127),
          run("no such tests", "red", "pytest -k typo", "12 deselected in 0.01s", 5),
          run("a build failed before it", "red", "make && pytest", "error: x.c", 1),
          run("another command failed behind it", "red", "pytest && false", "5 passed in 0.1s", 1),
          run("timed out", "red", "timeout 5 pytest", "", 124),
          run("printed, and failed", "red", "echo '1 failed'; exit 1", "1 failed", 1),
          run("no rule to make it", "red", "make test", "make: *** No rule to make target 'test'.  Stop.", 2)};
}

std::vector<Forged> other_evidence() {
  return {
      {"a subagent says so", "green",
       [](Talk& talk) {
         talk.begin().tell("PostToolUse", R"("tool_name":"Agent","tool_input":{"prompt":"run pytest"},)"
                                          R"("tool_response":{"content":"pytest: 5 passed in 0.1s"})");
       }},
      {"a file says so", "green",
       [](Talk& talk) {
         talk.begin().tell("PostToolUse", R"("tool_name":"Read","tool_input":{"file_path":"pytest.log"},)"
                                          R"("tool_response":{"file":{"content":"5 passed in 0.1s"}})");
       }},
      {"started in the background of the client", "green",
       [](Talk& talk) { talk.begin().passes("pytest", "", R"(,"backgroundTaskId":"b1")"); }},
      {"interrupted", "green",
       [](Talk& talk) {
         talk.begin().tell("PostToolUse",
                           Talk::line("pytest") + R"("tool_response":{"stdout":"","stderr":"","interrupted":true})");
       }},
      {"passed before the step began", "green", [](Talk& talk) { talk.passes("pytest", "5 passed in 0.1s").begin(); }},
      {"failed after it had passed", "green",
       [](Talk& talk) {
         talk.begin().passes("pytest", "5 passed in 0.1s").fails("pytest", "1 failed, 4 passed in 0.1s");
       }},
      run("a commit that was only tried", "commit", "git commit --dry-run", "would commit"),
      run("a commit printed", "commit", "echo git commit -m x", "git commit -m x"),
      run("a commit whose failure is hidden", "commit", "git commit -m x || true", "nothing to commit"),
      run("a commit that failed", "commit", "git commit -m x", "nothing to commit", 1),
      run("a log of commits", "commit", "git log -1 --grep commit", "commit 1a2b3c"),
      {"a file that is not there", "artefact plan.md", [](Talk& talk) { talk.begin(); }},
      {"a file that is empty", "artefact plan.md", [](Talk& talk) { talk.begin().write("plan.md", " \n"); }},
      {"a file from before, touched", "artefact plan.md",
       [](Talk& talk) {
         talk.write("plan.md", "the plan\n");
         talk.begin().write("plan.md", "the plan\n");
       }},
      {"a file beside the project", "artefact plan.md",
       [](Talk& talk) { talk.begin().write("../plan.md", "the plan\n"); }},
      {"the user's word in the model's mouth", "user", [](Talk& talk) { talk.begin(); }}};
}

std::vector<Forged> looks() {
  return {looked("the same interface asked again", "fly status -a shop", "shop deployed"),
          looked("an echo in place of the page", "curl -fsS " + page + " || echo v2", "v2"),
          looked("the address printed", "echo GET " + page + " 200", "GET " + page + " 200"),
          looked("another host", "curl -fsS https://shop.fly.dev.evil.example/", "v2"),
          looked("this machine", "curl -fsS http://localhost:8080/", "v2"),
          looked("a page that is kept and not shown", "curl -fsSo page.html " + page, ""),
          looked("a status that says no", "curl -s -o /dev/null -w '%{http_code}' " + page, "503"),
          {"a look that failed", "witness",
           [](Talk& talk) { talk.begin().passes(deploy, deployed).fails("curl -fsS " + page, "curl: (22) 500", 22); }},
          {"a look before the effect", "witness",
           [](Talk& talk) { talk.begin().passes("curl -fsS " + page, "v1").passes(deploy, deployed); }},
          {"a look without an effect", "witness", [](Talk& talk) { talk.begin().passes("curl -fsS " + page, "v2"); }},
          {"an effect that failed", "witness",
           [](Talk& talk) { talk.begin().fails(deploy, "error").passes("curl -fsS " + page, "v1"); }},
          {"both before the step began", "witness",
           [](Talk& talk) { talk.passes(deploy, deployed).passes("curl -fsS " + page, "v2").begin(); }},
          {"a push where a deployment is asked for", "witness deploy|change",
           [](Talk& talk) {
             talk.begin().passes("git push origin deploy", "deploy -> deploy").passes("git ls-remote origin", "1a");
           }},
          {"a look at what the exit does not name", "witness orders",
           [](Talk& talk) { talk.begin().passes(deploy, deployed).passes("curl -fsS " + page, "v2"); }}};
}

}  // namespace

TEST_CASE("a step ends by the evidence that its exit names") {
  CHECK(Talk("green").begin().passes("pytest -q", "5 passed in 0.1s").ends());
  CHECK(Talk("red").begin().fails("pytest -q", "1 failed in 0.1s").ends());
  CHECK(Talk("green tests/").begin().passes("pytest tests/unit", "5 passed in 0.1s").ends());
  CHECK(Talk("green mypy|pyright").begin().passes("pyright src", "0 errors").ends());
  CHECK(Talk("green mypy|pyright").begin().passes("uv run mypy --strict src", "Success").ends());
  CHECK_FALSE(Talk("green mypy|pyright").begin().passes("pytest -q", "5 passed in 0.1s").ends());
  CHECK_FALSE(Talk("green mypy|pyright").begin().passes("mypy src", "ok").fails("pyright src", "1 error").ends());
  CHECK(Talk("red *|./repro.sh").begin().fails("./repro.sh", "2 charges").ends());
  CHECK(Talk("red *|./repro.sh").begin().fails("pytest -q", "1 failed in 0.1s").ends());
  CHECK_FALSE(Talk("red *|./repro.sh").begin().fails("./other.sh", "2 charges").ends());
  CHECK(Talk("red *|diff").begin().fails("diff -r golden out", "Only in out: x").ends());
  CHECK_FALSE(Talk("green *|diff").begin().passes("cat old.diff", "1c1").ends());
  CHECK(Talk("commit").begin().passes("git commit -m x", "[main 1a2b3c4] x").ends());
  CHECK(Talk("said").begin().ends());
  Talk planned("artefact plan.md");
  planned.begin().write("plan.md", "the plan\n");
  CHECK(planned.ends());
}

TEST_CASE("a witness ends a step when it came after the effect, through another interface") {
  CHECK(Talk("witness").begin().passes(deploy, deployed).passes("curl -fsS " + page, "v2").ends());
  CHECK(Talk("witness deploy|change").begin().passes(deploy, deployed).passes("curl -fsS " + page, "v2").ends());
  CHECK(Talk("witness shop").begin().passes(deploy, deployed).passes("curl -fsS " + page, "v2").ends());
  CHECK(Talk("witness")
            .begin()
            .passes("git push origin main", "main -> main")
            .passes("git ls-remote origin", "1a")
            .ends());
  Talk before("witness");  // the effect may be older than the step, the look may not
  CHECK(before.passes(deploy, deployed).begin().passes("curl -fsS " + page, "v2").ends());
  Talk seen("witness");
  CHECK(seen.begin()
            .passes(deploy, deployed)
            .tell("PostToolUse", R"("tool_name":"mcp__playwright__browser_navigate","tool_input":{"url":")" + page +
                                     R"("},"tool_response":[{"type":"text","text":"Page URL: )" + page + "\"}]")
            .ends());
}

TEST_CASE("no forged evidence ends a step") {
  std::size_t count = 0;
  for (const std::vector<Forged>& group : {test_runs(), other_evidence(), looks()})
    for (const Forged& one : group) {
      INFO(one.exit << ": " << one.name);
      Talk talk(one.exit);
      one.happens(talk);
      CHECK_FALSE(talk.ends());
      ++count;
    }
  CHECK(count >= 30);
}
