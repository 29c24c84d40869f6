// When a sentence takes the place of another one, what it is about, and what a tool call touches.
#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "memory/claims.h"
#include "memory/memory.h"
#include "memory/typed.h"
#include "scratch_folder.h"

using namespace cascade::memory;

namespace {

using Pairs = std::vector<std::pair<const char*, const char*>>;

Relation relation(const char* older, const char* newer) { return relation_of(Claim(older), Claim(newer)); }

void check_all(const Pairs& pairs, Relation expected) {
  for (const auto& [older, newer] : pairs) {
    INFO(older << " | " << newer);
    CHECK(to_string(relation(older, newer)) == to_string(expected));
  }
}

std::uint32_t speaks_of(const std::string& statement, const Touched& touched) {
  return speak_of(std::vector<std::string>{statement}, touched).front();
}

void check_both_live(const Pairs& pairs) {
  for (const auto& [older, newer] : pairs) {
    INFO(older << " | " << newer);
    CHECK(relation(older, newer) < Relation::value);
  }
}

std::string long_ago(const std::string& text, std::vector<Fact>& facts) {
  Fact fact;
  fact.owner = "host.example/app";
  fact.text = text;
  fact.subject = subject_in(text);
  fact.subject_given = false;
  fact.learned = static_cast<std::int64_t>(facts.size()) + 1;
  facts.push_back(fact);
  return fact.subject;
}

}  // namespace

TEST_CASE("the same words around another value make the claim anew") {
  check_all({{"the search tests need Redis 6", "the search tests need Redis 7"},
             {"the login page times out after 30 seconds", "remember: the login page times out after 45 seconds"},
             {"the queue uses Kafka for events", "the queue uses NATS for events"},
             {"session cookies live 30 minutes", "decision: session cookies live two hours"},
             {"uploads are kept for 3 days", "uploads are kept for two weeks"},
             {"the job retries three times", "the job retries five times"},
             {"yarn here", "from now on pnpm here"},
             {"der Suchdienst antwortet auf Port 5432", "der Suchdienst antwortet auf Port 6432"}},
            Relation::value);
  check_all({{"a trial lesson lasts 45 minutes", "trial lessons are 60 min long"},
             {"a repair quote is valid for 30 days", "repair quotes are valid for 14 days"},
             {"the side gate closes at 18:00", "side gate closes at 19:30"},
             {"the glaze oven heats up to 900 °C", "the glaze oven heats up to 950 °C"}},
            Relation::value);
  check_both_live({{"the tasting room opens on Mondays", "the tasting room opens on Thursdays"},
                   {"a trial lesson lasts 45 minutes", "a theory lesson lasts 90 minutes"},
                   {"a trial lesson lasts 45 minutes", "a trial lesson could last 60 minutes"},
                   {"a trial lesson lasts 45 minutes", "a trial lesson for children lasts 30 minutes"},
                   {"the side gate opens at 7:00", "the side gate closes at 19:30"},
                   {"Tom teaches on weekdays", "Tom could do a Saturday now and then"},
                   {"the API uses JWT for logins", "the CLI uses JWT for logins"},
                   {"run scripts/a.sh before the tests", "run scripts/b.sh before the tests"},
                   {"the API supports JSON", "the API supports XML"},
                   {"the team uses Slack", "the team uses Jira"},
                   {"server 1 runs on ARM", "server 2 runs on ARM"},
                   {"use tabs in Go files", "use tabs in Rust files"},
                   {"port 5432 is open", "port 5433 is open"},
                   {"session cookies live 30 minutes", "remember-me cookies live 30 days"},
                   {"the login locks after 30 minutes", "the login locks after 5 attempts"},
                   {"die Suche nutzt den Port 5432", "die Kasse nutzt den Port 5432"}});
}

TEST_CASE("news with another number of what a fact is about takes its place, and of nothing near it") {
  check_all({{"the mail relay listens on port 2525", "correction: the mail relay moved, its port is 2626"},
             {"nightly disk backup runs at 02:15", "disk backup moved to 03:30"},
             {"the lint gate is 90%", "lint gate goes down to 85"},
             {"minimum Ruby version is 3.2", "Ruby 3.4 is the minimum now"},
             {"black with 88 columns", "black: 100 columns from now on"},
             {"las copias del servidor se guardan 7 días", "copias del servidor ahora 14 días"}},
            Relation::value);
  check_both_live({{"the test relay is on port 2525", "the staging relay moved to port 2626"},
                   {"the relay for tests listens on 2525", "the relay moved to 2626, only for mails"},
                   {"for the parser the lint gate is 95%", "lint gate goes down to 85"},
                   {"the mail relay listens on port 2525", "the mail relay is on port 2626"},
                   {"nightly backup runs at 02:15", "backup takes 40 minutes now"},
                   {"nightly backup runs at 02:15", "invoice run moved to 03:30"}});
}

TEST_CASE("a sentence in whatever form takes the place of one that says the same of the same with another value") {
  for (const auto& [older, newer] :
       Pairs{{"the kiln fires at 1,240 °C", "kiln fires at 1,260 now"},
             {"the darkroom is booked through Lotte", "darkroom bookings go through Piet now"},
             {"weekly rent for the stall is 85 euro", "stall rent 92 since May"},
             {"Brutschrank 3 läuft auf 37 Grad", "Brutschrank 3 ab jetzt 36,5 Grad"},
             {"proofing time is 90 minutes", "proofing time: 75 minutes from now on"},
             {"die Sperrfrist beträgt 14 Tage", "neu: Sperrfrist 21 Tage"},
             {"Marta signs off releases", "releases are signed off by Jonas"},
             {"Herr Kolb prüft die Lieferscheine", "die Lieferscheine prüft jetzt Frau Adler"},
             {"the herbarium scans live in /data/herb", "herbarium scans moved to /mnt/scans/herb"},
             {"der Fahrplan liegt in data/fahrplan.csv", "Fahrplan liegt jetzt in data/plan.json"},
             {"pack the box with tools/pack.sh", "tools/pack.sh is dead, pack with `just box`"},
             {"Etiketten druckt der Zebra im Lager", "der Zebra ist weg, Etiketten druckt jetzt der Brother"},
             {"we lint with flake8", "ruff here instead of flake8 from now on"},
             {"Protokolle schreiben wir in Word", "Protokolle ab jetzt in Markdown statt Word"},
             {"the studio feed needs a VPN", "the studio feed no longer needs a VPN"},
             {"Rechnungen gehen per Fax raus", "Rechnungen gehen nicht mehr per Fax raus, nur per Mail"},
             {"tickets start with ORC-", "tickets don't start with ORC- any more but with SEED-"},
             {"tank levels are in centimetres", "tank levels are millimetres since firmware 4"},
             {"Gewichte stehen in Gramm", "Gewichte ab jetzt in kg"},
             {"the ferry export runs at 4:15", "ferry export now at 5:05"},
             {"Kassenabschluss ist um 18 Uhr", "Kassenabschluss jetzt 19:30"},
             {"pruning crews get the list on Mondays", "pruning list goes out Wednesdays now"},
             {"die Lieferung kommt donnerstags", "Lieferung kommt jetzt freitags"},
             {"minimum firmware is 2.4", "since Monday the minimum firmware is 2.6"},
             {"sample rate is 44.1 kHz", "sample rate went from 44.1 to 48 kHz"},
             {"Tobias runs the night desk", "Nadia replaced Tobias on the night desk"},
             {"we use npm in the portal", "portal is on pnpm now"},
             {"the sandbox is https://sb.example", "sandbox is now https://sb2.example"},
             {"los turnos empiezan a las 6", "los turnos ahora a las 7"},
             {"le stock est compté le lundi", "le stock est compté le mardi maintenant"}}) {
    INFO(older << " | " << newer);
    CHECK(relation(older, newer) >= Relation::value);
  }
}

TEST_CASE("of another thing, place or case, or in addition, a sentence takes no other's place") {
  check_both_live({{"the kiln fires at 1240", "the small kiln fires at 980 now"},
                   {"stall rent is 85 euro", "storage rent is 40 euro now"},
                   {"Brutschrank 3 läuft auf 37 Grad", "Brutschrank 5 läuft jetzt auf 36 Grad"},
                   {"Marta signs off releases", "invoices are signed off by Jonas"},
                   {"the queue on staging is q.example:5671", "the queue on production is now q.example:5672"},
                   {"staging runs Postgres 14", "production runs Postgres 16 now"},
                   {"the coverage gate is 80", "coverage gate for the firmware is 95 now"},
                   {"die Testkasse hört auf 4010", "die Kasse hört jetzt auf 4020"},
                   {"the night shift starts at 22:00", "the shift starts at 6:00 now"},
                   {"tickets start with ORC-", "tickets may also start with SEED- now"},
                   {"the feed runs at 6:00", "the feed now also runs at 18:00"},
                   {"Berichte gehen an Frau Adler", "Berichte gehen jetzt auch an Herrn Kolb"},
                   {"we support Postgres 14", "we support Postgres 16 now, too"},
                   {"the ferry export runs at 4:15", "on Sundays the ferry export runs at 6:00 now"},
                   {"loans are 28 days", "loans for students are 42 days now"},
                   {"Mahnung nach 14 Tagen", "für Schulen Mahnung jetzt nach 30 Tagen"},
                   {"gates close at 3 m", "gates close at 2.5 m now when the crane is out"},
                   {"the backup starts at 02:00", "the backup takes 50 minutes now"},
                   {"the session ends at 18:00", "the session starts at 9:00 now"},
                   {"samples are stored at 4 degrees", "samples are thawed at 20 degrees now"},
                   {"the tank holds 900 litres", "the tank is checked every 14 days now"},
                   {"Frau Adler prüft die Lieferscheine", "Frau Adler prüft jetzt die Rechnungen"},
                   {"log level is info", "log files are in /var/x now"},
                   {"never touch vendor/gis", "vendor/gis comes with version 3 now"},
                   {"don't deploy before 9:00", "we deploy at 14:00 now"},
                   {"the nightly export must not take more than 30 minutes", "the nightly export starts at 23:00 now"},
                   {"the greenhouse uses MQTT", "the barn uses MQTT"},
                   {"port 7000 is the camera", "port 7001 is the lamp now"},
                   {"invoices have 8 digits", "credit notes have 9 digits now"},
                   {"we ship pallets on Mondays", "we ship parcels on Tuesdays now"},
                   {"the import job needs 20 minutes", "the import job now needs 3GB"},
                   {"the backup of the warehouse runs at 2am", "now the backup of the warehouse runs 40m"}});
}

TEST_CASE("what a sentence says is over takes the older one's place") {
  check_all({{"our bundler is webpack", "we switched from webpack to Vite as our bundler"},
             {"we don't use ORMs", "decision: the no-ORM rule is off, Diesel is allowed"},
             {"we support Node 18", "we no longer support Node 18"},
             {"the designer is Pilar", "design is done by Anouk now instead of Pilar"},
             {"design is done by Anouk", "Design is in the hands of Tomasz, Anouk went to another team"},
             {"main branch is trunk", "main branch is stable since today, trunk is frozen"},
             {"switches live in conf/switches.toml", "switches went to Flipt, conf/switches.toml is dead"},
             {"ask Ines for the sandbox keys", "Ines is on leave, sandbox keys come from Marek now"},
             {"price changes are signed off by Keller", "Keller has left, the sign-off for prices is Osman"},
             {"Mails gehen dienstags raus", "ab jetzt gehen Mails mittwochs statt dienstags raus"},
             {"run tools/ship.sh from the release branch",
              "tools/ship.sh runs from main, we have no release branch any more"},
             {"importer reviews go to Ines", "Ines's on leave, reviews go to Pavel"},
             {"the frontend uses yarn", "we gave up yarn for the frontend"},
             {"deploys go through Jenkins", "deploys used to go through Jenkins"},
             {"the api is deployed with Jenkins", "no need for Jenkins, the api deploys itself"}},
            Relation::over);
  check_both_live({{"the app has no redis", "pins of the app: in May the app was dead for three hours"},
                   {"releases need a changelog", "instead of a stand-up we write notes"},
                   {"the designer is Pilar", "Pilar is off on Wednesdays"},
                   {"ask Ines for the sandbox keys", "while Ines is on leave, ask Marek for sandbox keys"},
                   {"switches live in conf/switches.toml", "the office lights are dead"},
                   {"Anouk reviews the design", "the printer went to another floor"},
                   {"the worker uses Redis", "the replaced disk is in the drawer"},
                   {"we use Redis for sessions", "we are used to Redis for sessions"},
                   {"deploys need the linter report", "do not forget the linter report for deploys"}});
}

TEST_CASE("what was forbidden and is allowed, and what there is one of, takes the older one's place") {
  check_all({{"never touch gen/rates.py by hand", "gen/rates.py may be edited by hand now"},
             {"never deploy on Fridays", "deploying on Fridays is fine now"}},
            Relation::opposite);
  check_all({{"the docs live in docs/", "the docs moved to handbook/"},
             {"Marta owns the billing service", "the billing service is owned by the Ledger squad"},
             {"Marta owns the billing service", "billing is owned by the Ledger squad"},
             {"billing is reviewed by Priya", "the billing module is reviewed by Tom"},
             {"coffee budget: 40 euro", "budget for coffee: 60 euro"}},
            Relation::value);
  check_both_live({{"never touch gen/a.py by hand", "never touch gen/b.py by hand"},
                   {"never force-push to main", "you may force-push to your own branches"},
                   {"Marta owns the billing service", "Marta owns the search service"},
                   {"the web app runs on Node 18", "the worker runs on Node 20"},
                   {"tests run on ARM in CI", "tests run on Windows at night"},
                   {"the test suite takes 20 minutes", "the test suite moved to another runner"}});
}

TEST_CASE("what speaks of the same thing may contradict, and both live") {
  check_all({{"the tasting room opens on Mondays", "the tasting room opens on Thursdays"},
             {"logs are kept for 30 days in S3", "logs are kept for 90 days"},
             {"the kiln colour is ochre", "the kiln colour is umber"},
             {"no card number may stand in a log, its last four digits may",
              "card data in logs: not even those four digits, the auditors say"},
             {"meter firmware gets rolled out on Sunday nights",
              "meters are flashed in the night to Wednesday, nobody had the Sunday slot"},
             {"call branches initials/ticket", "skip the initials in branch names, the ticket is enough"}},
            Relation::may_contradict);
  check_all({{"releases go out on Thursdays", "prices are in cents"},
             {"releases go out on Thursdays", "releases need a sign-off from Priya"},
             {"the staging database is at db.example", "the staging database is wiped every Sunday"},
             {"the small gate opens at 7", "the tall gate is painted green"}},
            Relation::none);
}

TEST_CASE("the subject is what the rule is about, never how it opens") {
  const Pairs all = {{"never touch gen/rates.py by hand", "gen/rates.py"},
                     {"from now on use conventional commits", "conventional commits"},
                     {"we don't use ORMs, write plain SQL", "ORMs"},
                     {"remember: we stopped using conventional commits", "conventional commits"},
                     {"Marta owns the billing service", "billing service"},
                     {"the API now uses session tokens", "API"},
                     {"decision: SQLAlchemy is allowed", "SQLAlchemy"}};
  for (const auto& [text, subject] : all) CHECK(subject_in(text) == subject);
  CHECK_FALSE(subject_in("!?").size() > 2);
  CHECK(can_be_subject("deploy window"));
  CHECK_FALSE(can_be_subject("decision"));
  CHECK_FALSE(can_be_subject("never touch it"));
}

TEST_CASE("after any sequence of sentences each is live or the history names what replaced it") {
  const std::vector<std::string> sentences = {
      "the search tests need Redis 6",       "releases go out on Thursdays",
      "never touch gen/rates.py by hand",    "the search tests need Redis 7",
      "releases need a sign-off from Priya", "gen/rates.py may be edited by hand now, the generator is gone",
      "releases go out on Tuesdays",         "the search tests take 20 minutes",
      "the search tests need Redis 8"};
  for (std::size_t turn = 0; turn < sentences.size(); ++turn) {
    const cascade::test::ScratchFolder folder;
    auto memory = Memory::open({folder.path, true, false});
    REQUIRE(memory);
    std::vector<Fact> facts;
    for (std::size_t i = 0; i < sentences.size(); ++i) long_ago(sentences[(i + turn) % sentences.size()], facts);
    for (const Fact& fact : facts) REQUIRE(memory->add(fact));
    const auto all = memory->list({});
    REQUIRE(all);
    CHECK(all->size() == sentences.size());
    for (const Fact& fact : *all) {
      INFO(fact.text << " " << fact.why);
      if (fact.state == State::live) continue;
      CHECK_FALSE(fact.why.empty());
      const auto newer = memory->find(fact.superseded_by);
      REQUIRE(newer);
      CHECK(newer->has_value());
    }
  }
}

TEST_CASE("a chain of replaced sentences is one history; a restored one lives beside it") {
  const cascade::test::ScratchFolder folder;
  auto memory = Memory::open({folder.path, true, false});
  REQUIRE(memory);
  std::vector<Fact> facts;
  for (const char* text :
       {"the search tests need Redis 6", "the search tests need Redis 7", "the search tests need Redis 8"})
    long_ago(text, facts);
  std::vector<Written> written;
  for (const Fact& fact : facts) {
    auto one = memory->add(fact);
    REQUIRE(one);
    written.push_back(*one);
  }
  CHECK(written[2].superseded == written[1].id);
  const auto live = memory->find(written[2].id);
  REQUIRE(live);
  REQUIRE(*live);
  CHECK(memory->history(**live)->size() == 3);
  const auto restored = memory->restore(written[0].id);
  REQUIRE(restored);
  CHECK(*restored);
  CHECK_FALSE(*memory->restore(written[0].id));
  CHECK(memory->list({{}, {}, {State::live}, 0, {}})->size() == 2);
  CHECK_FALSE(memory->find("search tests"));  // which of both?
  CHECK(*memory->retire(written[0].id));
  CHECK(memory->find("search tests"));
}

TEST_CASE("the histories of a subject hold every claim about it, what was replaced behind its replacer") {
  const cascade::test::ScratchFolder folder;
  auto memory = Memory::open({folder.path, true, false});
  REQUIRE(memory);
  // Of one moment, so that dates say nothing; the ids are such that they would say the wrong thing.
  const auto add = [&](const std::string& id, const std::string& text) {
    std::vector<Fact> facts;
    long_ago(text, facts);
    facts.front().id = id;
    facts.front().learned = 1'000;
    const auto written = memory->add(facts.front());
    REQUIRE(written);
    return written->superseded;
  };
  CHECK(add("m1", "the search tests need Redis 6").empty());
  CHECK(add("m4", "the search tests take 20 minutes").empty());
  CHECK(add("m2", "the search tests need Redis 7") == "m1");
  CHECK(add("m3", "the search tests need Redis 8") == "m2");
  const auto ids_of = [&](const auto& facts) {
    REQUIRE(facts);
    std::string ids;
    for (const Fact& fact : *facts) ids += fact.id + " ";
    return ids;
  };
  CHECK(ids_of(memory->histories("Search Tests")) == "m3 m2 m1 m4 ");
  CHECK(ids_of(memory->histories("search tests", {"another"})).empty());
  CHECK(ids_of(memory->history(**memory->find("m1"))) == "m3 m2 m1 ");
  // What retires or forgets one of them must be told which.
  const auto unsure = memory->find("search tests");
  REQUIRE_FALSE(unsure);
  CHECK(unsure.error().message.find("m3") != std::string::npos);
  CHECK(unsure.error().message.find("m4") != std::string::npos);
  CHECK(*memory->retire("m4"));
  CHECK((*memory->find("search tests"))->id == "m3");
}

TEST_CASE("what is named as replaced is replaced, whatever both say, and the question is asked once") {
  const cascade::test::ScratchFolder folder;
  auto memory = Memory::open({folder.path, true, false});
  REQUIRE(memory);
  std::vector<Fact> facts;
  for (const char* text :
       {"the tasting room opens on Mondays", "the tasting room opens on Thursdays", "prices are in cents"})
    long_ago(text, facts);
  const auto first = memory->add(facts[0]), second = memory->add(facts[1]);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(second->superseded.empty());
  REQUIRE(second->contradicts.size() == 1);
  CHECK(second->contradicts.front().id == first->id);
  CHECK(memory->conflicts()->size() == 1);
  CHECK((*memory->find(first->id))->why == "may contradict");
  const auto third = memory->add(facts[2], first->id);
  REQUIRE(third);
  CHECK(third->superseded == first->id);
  CHECK(memory->conflicts()->empty());
  CHECK(memory->add(facts[2], "m000000000000").error().code == cascade::ErrorCode::not_found);
}

TEST_CASE("of another value of the same thing somebody is asked, though both have a subject that was given") {
  const cascade::test::ScratchFolder folder;
  auto memory = Memory::open({folder.path, true, false});
  REQUIRE(memory);
  const auto fact = [](const char* subject, const char* text) {
    Fact one;
    one.owner = "host.example/app";
    one.subject = subject;
    one.text = text;
    return one;
  };
  const auto first = memory->add(fact("deploy window", "Monday to Thursday"));
  const Fact again = fact("window", "the deploy window is Friday");
  const auto second = memory->add(again);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(second->superseded.empty());
  REQUIRE(second->contradicts.size() == 1);
  CHECK(second->contradicts.front().id == first->id);
  CHECK((*memory->find(first->id))->why == "may contradict");
  const auto replaced = memory->add(again, first->id);  // what is live already takes its place
  REQUIRE(replaced);
  CHECK(replaced->id == second->id);
  CHECK(replaced->superseded == first->id);
  CHECK(memory->conflicts()->empty());
  CHECK(memory->history(**memory->find("window"))->size() == 2);
  // Nobody is there to be asked at an import, and of other things there is nothing to ask.
  const auto other = memory->add(fact("backup", "the backup starts at 02:00"));
  REQUIRE(other);
  CHECK(other->contradicts.empty());
  REQUIRE(memory->import({fact("days", "the deploy window is Saturday")}));
  CHECK((*memory->find(second->id))->why.empty());
}

TEST_CASE("a fact speaks of a file, a program, a table or a branch that it is about") {
  struct Row {
    const char *fact, *file, *command;
  };
  for (const Row& row : std::vector<Row>{
           {"the crane simulator listens on 7412, the real one on 7411", "", "nc -z localhost 7412"},
           {"never force push to trunk", "", "git push --force origin trunk"},
           {"never force push to trunk", "", "git push -f"},
           {"BAPLIE files come in latin1, not utf-8", "internal/baplie/decode.go", ""},
           {"berth planning is owned by Tamsin, ask her before changing it", "internal/berth/planning.go", ""},
           {"berth planning is owned by Tamsin, ask her before changing it", "pkg/berthplanning/solver.go", ""},
           {"golangci-lint is pinned to 1.57", "", "golangci-lint run ./..."},
           {"golangci-lint is pinned to 1.57", ".golangci.yml", ""},
           {"branches are called PORT-<number>/<what>", "", "git checkout -b fix-eta"},
           {"branches are called PORT-<number>/<what>", "", "git switch -c quick-test"},
           {"the tariffs table is append only", "", "psql -c \"update tariffs set rate = 3 where id = 9\""},
           {"the tariffs table is append only", "db/migrations/0031_tariffs.sql", ""},
           {"from now on task instead of make", "", "make build"},
           {"KAFKA_BROKERS must have the port 9093", "", "export KAFKA_BROKERS=localhost:9092"},
           {"ads are rendered by the adserver, never inline them in the article template",
            "app/views/articles/_ads.html.erb", ""},
           {"sidekiq jobs must be idempotent", "app/sidekiq/close_poll.rb", ""},
           {"sidekiq jobs must be idempotent", "app/jobs/close_poll_job.rb", ""},
           {"we deploy with kamal, capistrano is gone", "", "kamal deploy"},
           {"we deploy with kamal, capistrano is gone", "", "cap production deploy"},
           {"Gemfile.lock conflicts: take theirs and run bundle install", "Gemfile.lock", ""},
           {"the paywall lives in packs/paywall, product owns the texts", "packs/paywall/app/views/offer.html.erb", ""},
           {"rubocop todo file may only get smaller", ".rubocop_todo.yml", ""},
           {"rubocop todo file may only get smaller", "", "bundle exec rubocop --auto-gen-config"},
           {"rspec system specs need chrome 120", "", "bundle exec rspec spec/system"},
           {"use gradlew, not a local gradle", "", "gradle build"},
           {"use gradlew, not a local gradle", "", "./gradlew test"},
           {"the sepa module may not depend on the cards module", "sepa/build.gradle.kts", ""},
           {"the sepa module may not depend on the cards module", "sepa/src/main/kotlin/bank/sepa/Mandate.kt", ""},
           {"ledger entries are immutable, corrections are new entries",
            "core/src/main/kotlin/bank/ledger/LedgerEntry.kt", ""},
           {"proto files are owned by the platform group", "api/proto/payment.proto", ""},
           {"detekt is at 1.23 and fails on warnings", "config/detekt.yml", ""},
           {"detekt is at 1.23 and fails on warnings", "", "./gradlew detekt"},
           {"helm charts live in another repository, the ones in charts/ are dead", "charts/payments/values.yaml", ""},
           {"helm charts live in another repository, the ones in charts/ are dead", "",
            "helm template charts/payments"},
           {"the vault address is vault.corp.example:8200", "",
            "curl -s https://vault.corp.example:8200/v1/sys/health"},
           {"the payout job runs at 05:10 cet", "jobs/src/main/kotlin/bank/jobs/PayoutJob.kt", ""},
           {"prefabs are edited only in Unity, never as text", "Assets/Prefabs/Door.prefab", ""},
           {"Texturen kommen aus dem Ordner art/export, nie von Hand ändern", "art/export/stone.png", ""},
           {"fmod banks are built by the audio team", "Assets/Audio/fmod/Master.bank", ""},
           {"localization strings come from a google sheet, strings.csv is generated",
            "Assets/Localization/strings.csv", ""},
           {"lfs for everything over 1 MB", "", "git lfs track \"*.psd\""},
           {"the steam branch beta2 is for reviewers only", "", "steamcmd +set_beta beta2"},
           {"black with line length 110 for the python tools", "", "black tools/"},
           {"fits headers keep the observer's initials, dont strip them", "pipeline/fits/header.py", ""},
           {"calibration frames younger than 30 days only", "pipeline/calibration.py", ""},
           {"we don't use notebooks in review, convert them to scripts", "notebooks/flat_fields.ipynb", ""},
           {"the scheduler is frozen until the run in march", "scheduler/queue.py", ""},
           {"dome commands go through tcsd at 10.4.0.12", "", "ping 10.4.0.12"},
           {"dome commands go through tcsd at 10.4.0.12", "", "ssh ops@10.4.0.12 tcsd status"},
           {"terraform state is in the bucket sky-state, never local", "", "terraform init -backend=false"},
           {"terraform state is in the bucket sky-state, never local", "infra/backend.tf", ""},
           {"the catalog schema: ask Wen before adding an index", "catalog/schema.sql", ""},
           {"the catalog schema: ask Wen before adding an index", "", "psql catalog -c \"create index on stars (ra)\""},
           {"Makefile targets are documented in docs/targets.md", "Makefile", ""},
           {"slurm partition is long, not normal", "", "sbatch -p normal reduce.sh"},
           {"seat maps are json from the venue, dont hand edit", "data/seatmaps/opera.json", ""},
           {"seat maps are json from the venue, dont hand edit", "storage/seat-maps/opera.json", ""},
           {"phpstan level stays at 8", "phpstan.neon", ""},
           {"phpstan level stays at 8", "", "vendor/bin/phpstan analyse --level 5"},
           {"vouchers never expire for members", "src/Voucher/VoucherExpiry.php", ""},
           {"composer only inside the container", "", "composer require guzzlehttp/guzzle"},
           {"the mailer is postmark, sendgrid was cancelled", "config/mailer.php", ""},
           {"refunds over 200 need a second person", "src/Refund/RefundController.php", ""},
           {"test cards are in tests/fixtures/cards.yml", "tests/fixtures/cards.yml", ""},
       }) {
    CAPTURE(row.fact, row.file, row.command);
    CHECK(speaks_of(row.fact, {row.file, row.command}) > 0);
  }
  for (const Row& row : std::vector<Row>{
           {"the tariffs table is append only", "internal/users/list.go", ""},
           {"never force push to trunk", "", "git push origin PORT-12/fix"},
           {"branches are called PORT-<number>/<what>", "", "git diff --stat"},
           {"sidekiq jobs must be idempotent", "app/models/author.rb", ""},
           {"we deploy with kamal, capistrano is gone", "", "bundle exec rails routes"},
           {"rubocop todo file may only get smaller", "", "cat log/development.log"},
           {"the sepa module may not depend on the cards module", "core/src/main/kotlin/bank/user/Profile.kt", ""},
           {"proto files are owned by the platform group", "README.md", ""},
           {"conda env is called sky311", "", "pip list"},
           {"slurm partition is long, not normal", "", "git status"},
           {"composer only inside the container", "src/Http/Kernel.php", ""},
           {"vouchers never expire for members", "src/Http/Kernel.php", ""},
           {"php 8.3 is the minimum", "src/Seat/Price.php", ""},
           {"every commit needs a ticket number", "", "git log --oneline"},
           {"KAFKA_BROKERS must have the port 9093", "", "echo $KAFKA_HOME"},
           {"test cards are in tests/fixtures/cards.yml", "tests/fixtures/users.yml", ""},
       }) {
    CAPTURE(row.fact, row.file, row.command);
    CHECK(speaks_of(row.fact, {row.file, row.command}) == 0);
  }
}

TEST_CASE("a fact speaks of a call by the names that it has") {
  const auto edits = [](const char* fact, const char* file) { return speaks_of(fact, {file, ""}); };
  const auto runs = [](const char* fact, const char* command) { return speaks_of(fact, {"", command}); };
  CHECK(edits("never touch src/legacy/_fees.py without asking Ola", "src/legacy/_fees.py") == 3);
  CHECK(edits("src/gen/* is generated", "/home/ada/app/src/gen/a.py") == 3);
  CHECK(edits("never edit the migrations folder", "db/migrations/001.sql") == 3);
  CHECK(edits("the checkout page must not load fonts", "web/checkout/Page.tsx") == 2);
  CHECK(edits("our CI needs a read token", ".github/workflows/ci.yml") == 1);
  CHECK(runs("run scripts/deploy.sh only from main", "cd ops && bash scripts/deploy.sh --env prod") == 3);
  CHECK(runs("the staging database is at db.eu.quay.internal:6432", "psql -h db.eu.quay.internal ledger") == 3);
  CHECK(runs("the cache is on 6380, 6379 belongs to another team", "redis-cli -p 6379 ping") == 3);
  CHECK(runs("the cache is on 6380", "redis-cli -u redis://localhost:16380/0") == 0);
  CHECK(runs("in 2024 the cache was moved", "git log --since 2024") == 0);
  CHECK(edits("migrations never drop a column", "db/migrations/0093_old.sql") == 1);
  CHECK(runs("every commit needs a ticket number", "git commit -m 'x'") == 2);
  CHECK(runs("never push to main", "git push origin main") == 2);
  CHECK(runs("we use pnpm, never npm", "npm install left-pad") == 2);
  CHECK(runs("run scripts/seed.sh before the integration tests", "pytest -m integration tests/") == 2);
  CHECK(edits("never touch src/legacy/_fees.py", "src/legacy/_rates.py") == 0);
  CHECK(edits("the legacy code is slow", "src/legacy/_rates.py") == 0);
  CHECK(runs("tests write to the simulator, the real server is read only for us", "pytest -q") == 0);
  CHECK(runs("tests write only to the simulator", "pytest -q") == 0);  // every day, and no name of it
  CHECK(runs("never push images by hand", "git push origin topic") == 0);
  CHECK(runs("scripts/deploy.sh is to be run from main", "git push origin main") == 0);
  CHECK(runs("every commit needs a ticket number", "git log -m 'git commit'") == 0);
  CHECK(runs("a closing tag </b> must be there", "cat b") == 0);
  CHECK(runs("*/*/*/*/*/* must not", "ls a/a/a/a/a/a/a/a/a/a/a/a") == 0);
}
