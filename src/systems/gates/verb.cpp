// Shows which gates judge, how often they were right, and what they may do.
#include "cli/call.h"
#include "cli/verb_allow.h"
#include "gates/gate_views.h"
#include "store/state_store.h"
#include "text/ascii.h"
#include "text/hex.h"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace cascade::cli {
namespace {

using rendering::GateView;

struct GateCall {
  Call& call;
  GatePlace place;
  Format format;
  std::int64_t now;
};

// The model is judged by gates, so it may not change them.
std::optional<Exit> refuse_model(Call& call, const std::string& deed) {
  if (!is_run_by_client(call.environment())) return std::nullopt;
  return call.console().fail({ErrorCode::misuse, "only a person may " + deed + ", in a terminal of their own", "",
                              "leave the client's shell"});
}

Result<gate::Records> records_of(const GateCall& gates, bool creates) {
  return gate::Records::open(store_at(gates.call.environment(), gates.place.store, creates, true));
}

Exit no_such_gate(Call& call, const std::string& name) {
  call.console().complain("there is no gate '" + name + "' here\n  help: cascade gate list");
  return Exit::no;
}

void note_asleep(const GateCall& gates) {
  if (!gates.place.policy.asleep.empty())
    gates.call.console().note("what " + gates.place.policy.asleep +
                              " would run or contact sleeps until you have read it and run: cascade allow " +
                              gates.place.policy.asleep);
}

Exit list(GateCall& gates) {
  const auto views = gate_views(gates.call.environment(), gates.place, gates.now);
  if (!views) return gates.call.console().fail(views.error());
  gates.call.console().print(rendering::gate_list_text(*views, gates.format, gates.now));
  note_asleep(gates);
  return Exit::yes;
}

Exit show(GateCall& gates, const std::string& name) {
  const auto views = gate_views(gates.call.environment(), gates.place, gates.now);
  if (!views) return gates.call.console().fail(views.error());
  const auto view =
      std::find_if(views->begin(), views->end(), [&](const GateView& one) { return one.rule.gate == name; });
  if (view == views->end()) {
    note_asleep(gates);
    return no_such_gate(gates.call, name);
  }
  gates.call.console().print(rendering::gate_text(*view, gates.format, gates.now));
  return Exit::yes;
}

// cascade gate judge TRIAL right|wrong
Exit judge(GateCall& gates, const std::string& word, const std::string& verdict) {
  Call& call = gates.call;
  if (const auto refused = refuse_model(call, "judge a gate")) return *refused;
  std::int64_t id = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), id);
  if ((verdict != "right" && verdict != "wrong") || read.ptr != word.data() + word.size())
    return call.console().fail({ErrorCode::misuse, "gate judge takes the number of a trial and right or wrong", "",
                                "cascade gate judge 12 wrong"});
  auto records = records_of(gates, false);
  if (!records && records.error().code != ErrorCode::not_found) return call.console().fail(records.error());
  const auto trial = records ? records->find(id) : Result<std::optional<gate::Trial>>(std::optional<gate::Trial>());
  if (!trial) return call.console().fail(trial.error());
  if (!*trial) {
    call.console().complain("there is no trial " + word + "\n  help: cascade gate list");
    return Exit::no;
  }
  const auto done = records->decide(id, {"judged", verdict == "right", "the user"}, gates.now);
  if (!done) return call.console().fail(done.error());
  const auto view = find_gate(gates.place, (*trial)->gate);
  if (!view) return Exit::yes;
  const auto standing = records->standing(view->rule);
  if (!standing) return call.console().fail(standing.error());
  call.console().note((*trial)->gate + ": " + gate::sentence_about(*standing) + "; it has earned " +
                      std::string(to_string(standing->earned)));
  return Exit::yes;
}

// cascade gate set NAME shadow|warn|block|default
Exit set(GateCall& gates, const std::string& name, const std::string& word) {
  Call& call = gates.call;
  if (const auto refused = refuse_model(call, "set a gate's mode")) return *refused;
  const auto level = gate::parse_level(word);
  if (!level && word != "default")
    return call.console().fail({ErrorCode::misuse, "'" + word + "' is not a mode for a gate", "",
                                "one of shadow, warn, block, or default: what cascade.yaml says"});
  const auto view = find_gate(gates.place, name);
  if (!view) return no_such_gate(call, name);
  if (!view->rule.is_graded)
    return call.console().fail({ErrorCode::misuse, name + " is recorded and not graded", "",
                                "set its mode in cascade.yaml: systems: { " + name + ": warn }"});
  auto records = records_of(gates, true);
  if (!records) return call.console().fail(records.error());
  if (auto done = records->set(name, level); !done) return call.console().fail(done.error());
  const auto standing = records->standing(view->rule);
  if (!standing) return call.console().fail(standing.error());
  GateView now = *view;
  take_standing(now, *standing);
  call.console().note(name + ": " + now.in_force + " is in force (configured " + now.configured_mode + ", earned " +
                      std::string(to_string(standing->earned)) + ")");
  return Exit::yes;
}

// cascade gate outcome --commit SHA green|red
Exit outcome(GateCall& gates, const std::string& commit, const std::string& word) {
  Call& call = gates.call;
  if (const auto refused = refuse_model(call, "record what became of a commit")) return *refused;
  if (!letters::is_commit_id(commit) || (word != "green" && word != "red"))
    return call.console().fail({ErrorCode::misuse,
                                "gate outcome takes a commit (seven digits or more) and green or red", "",
                                "cascade gate outcome --commit \"$(git rev-parse HEAD)\" red"});
  auto records = records_of(gates, false);
  if (!records && records.error().code != ErrorCode::not_found) return call.console().fail(records.error());
  if (records)
    if (auto looked = look_at_histories(*records, gates.now); !looked) return call.console().fail(looked.error());
  const auto trials =
      records ? records->of_commit(commit) : Result<std::vector<gate::Trial>>(std::vector<gate::Trial>());
  if (!trials) return call.console().fail(trials.error());
  if (trials->empty()) {
    call.console().complain("no gate has judged the commit " + commit + "\n  help: cascade gate list");
    return Exit::no;
  }
  for (const gate::Trial& trial : *trials) {
    const bool correct = trial.flagged == (word == "red");
    if (const auto done = records->decide(trial.id, {word, correct, "CI"}, gates.now); !done)
      return call.console().fail(done.error());
  }
  call.console().note(std::to_string(trials->size()) + (trials->size() == 1 ? " trial has" : " trials have") +
                      " an outcome");
  return Exit::yes;
}

// cascade gate replay NAME --since REV
Exit replay(GateCall& gates, const std::string& name, const std::string& since) {
  Call& call = gates.call;
  if (since.empty())
    return call.console().fail({ErrorCode::misuse, "gate replay needs the commit after which it begins", "",
                                "cascade gate replay " + name + " --since HEAD~200"});
  const auto view = find_gate(gates.place, name);
  if (!view) {
    note_asleep(gates);
    return no_such_gate(call, name);
  }
  if (!view->check)
    return call.console().fail({ErrorCode::misuse, name + " judges tool calls, which no history contains", "",
                                "replay takes checks of cascade.yaml's `gates`"});
  const auto done = replay_gate(call, gates.place, *view, since, gates.now);
  if (!done) return call.console().fail(done.error());
  std::string text = std::to_string(done->commits) + " commits judged, " + std::to_string(done->flagged) +
                     " flagged: " + std::to_string(done->right) + " reverted or fixed, " + std::to_string(done->wrong) +
                     " stand after 14 days";
  if (done->known > 0) text += "; " + std::to_string(done->known) + " were judged before";
  if (done->not_judged > 0) text += "; on " + std::to_string(done->not_judged) + " the check could not run";
  call.console().note(text);
  return show(gates, name);
}

}  // namespace

Exit run_gate(Call& call) {
  std::vector<std::string> words;
  std::string commit, since;
  Arguments arguments("gate");
  arguments.words("ACTION", words, 0, 3);
  arguments.text("--commit", commit);
  arguments.text("--since", since);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const std::string action = words.empty() ? "list" : words[0];
  const auto is = [&](std::string_view name, std::size_t count) { return action == name && words.size() == count; };
  const bool known = words.empty() || is("list", 1) || is("show", 2) || is("judge", 3) || is("set", 3) ||
                     is("outcome", 2) || is("replay", 2);
  if (!known)
    return call.console().fail({ErrorCode::misuse,
                                "gate takes list, show NAME, judge TRIAL right|wrong, set NAME MODE, outcome --commit "
                                "SHA green|red or replay NAME --since REV",
                                "", "cascade help gate"});
  auto place = gate_place(call.environment());
  if (!place) return call.console().fail(place.error());
  GateCall gates{call, *std::move(place), *format, std::time(nullptr)};
  if (action == "show") return show(gates, words[1]);
  if (action == "judge") return judge(gates, words[1], words[2]);
  if (action == "set") return set(gates, words[1], words[2]);
  if (action == "outcome") return outcome(gates, commit, words[1]);
  return action == "replay" ? replay(gates, words[1], since) : list(gates);
}

}  // namespace cascade::cli
