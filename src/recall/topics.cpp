// Topics: what people of a project write facts about, and the words by which others ask for them. A row: the topic's
// name; the words that make a fact one of this topic; behind the bar, words that only ask for it, since they stand in
// too many facts ("who", "slow"). "a_b" is two words side by side. A topic counts for less than a word and never twice
// with one. Data, general to the trade: no words of any organisation.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "recall/terms.h"
#include "route/stems.h"
#include "route/vocabulary.h"

namespace cascade::recall {
namespace {

// clang-format off
constexpr std::string_view topics[] = {
    // working together
    "branching branch branches trunk main master mirror upstream | checkout rebase fork target merge pull_request merge_request base head against default develop pr merge_into start_from pull_request_against",
    "pullrequest pr pull_request merge_request mr review reviewer reviewers approval approvals approve squash codeowners signoff | pull merge approver draft description reviewing look_at many_people how_many check",
    "committing commit commits conventional imperative | message changelog amend staged squash title subject_line sign message_for",
    "tagging tag tags semver versioning version_number calver | version bump release next number label name",
    "releasing release releases deploy deploys deployment deployments rollout freeze promoted flashed submitted window cutover golive train restart restarts maintenance quarter | ship shipping live publish production rollback roll_back roll_out go_live goes_live put_live launch promote afternoon friday weekend evening tonight tomorrow monday tuesday wednesday thursday saturday sunday today morning merge hotfix update breakfast when_can push allowed bugfix fix_live ship_it roll out reach reaches ship_this when_does",
    "ticketing ticket tickets issue jira linear youtrack backlog board tracker bugzilla redmine | bug bugs report reference story task create file open sprint number",
    "meeting meeting meetings standup stand-up retro retrospective sync calendar planning | when demo hour present presentation slot agenda schedule show room book invite time",
    "ownership owner owns owned belongs responsible maintainer contact contacts decides approves approved ask questions | who whom whose own belong maintain decide sign_off signs_off approve held responsibility person team question look talk speak permission permission_for knows who_knows",
    "holiday holiday holidays vacation leave absent parental replacement deputy | away cover back reach today there",
    "alerting alert alerts alarm alarms pager pages oncall on-call on_call opsgenie pagerduty duty rota escalation bell | warning warnings notify notification escalate incident monitor wake night notified page call who week arrive",
    "incident incident outage postmortem post-mortem downtime disaster storm lost broke | broke broken down happened cause failure crash why again history",
    "channel channel slack teams chat mattermost discord threema zulip matrix | post announce message write tell ask warnings notify group send arrive",
    "docs documentation wiki readme adr adrs handbook manual runbook docs confluence notion | document write_down describe explain decision decided why chose record page write note_down write_up",
    "diagrams diagram diagrams drawing drawings mermaid plantuml graphviz excalidraw d2 draw.io drawio svg | draw drawing flowchart architecture picture sketch chart overview flow",
    "charting chart charts plot plots matplotlib plotnine palette vega ggplot figures | graph graphs plot colour color visualise visualize draw dashboard histogram",
    "dashboards dashboard dashboards grafana kibana metabase tableau looker superset redash | panel report numbers see graph spreadsheet excel chart metrics where gone panel_is_gone vanished",
    "editor editor helix vim neovim emacs vscode intellij zed ide | shortcut open keybinding plugin extension config",
    "shell shell fish zsh bash nushell powershell terminal | script prompt alias command terminal oneliner",
    "machine laptop machine fedora arch macos ubuntu debian nixos windows homebrew dotfiles | install installed machine local computer setup apt brew os",
    "toolversions asdf mise nvm rbenv pyenv sdkman volta | node ruby python version install right machine",
    "installing package manager pnpm yarn npm bun uv poetry pip cargo composer lockfile | install add dependency dependencies package packages library gem module requirements upgrade crate",
    "translation translations locale locales i18n l10n languages german polish danish norwegian french translated weblate crowdin phrase lokalise texts | text texts string strings wording copy label translate key new_text button screen page language screen title wording_of thank thank_you change_text reword sentence start_page heading",
    "answerstyle answers answer tone brief praise apologies lists | explain explanation write summarise summary reply mail letter short answer",
    "language english german french spanish language | write translate mail answer comment docs",
    "linting lint linter linting eslint ruff flake8 pylint clippy biome rubocop golangci standard clang-tidy lintr checkstyle stylelint | format formatter formatting style rules warnings clean code black prettier",
    "formatting format formatter indentation indent tabs spaces columns prettier black rustfmt gofmt ktlint | reindent line-length width quotes wrap style code wrote just",
    "typing mypy pyright typescript strict typecheck sorbet types | type types annotation annotations hints any cast",
    "naming naming named prefix suffix snake camel kebab convention name | rename call called name title names new",
    "logging log logs logging logger logfmt structlog lograge loki lines defmt rtt graylog | logline log_line print debug trace stdout write output message info println printf console.log echo add_a_print protocol",
    "errortracking sentry bugsnag glitchtip rollbar appsignal crashlytics errors exceptions | crash crashes stack stacktrace stack_trace traces minified source-map error exception traceback report",
    "observability metrics telemetry prometheus opentelemetry exporter spans apm datadog jaeger tempo honeycomb | metric trace tracing monitor monitoring latency measure counter gauge span slow_span trace",
    "healthcheck health liveness readiness probe probes heartbeat healthz | healthy alive ready ping startup check kubernetes deployment",
    "testing test tests testing suite pytest jest vitest rspec junit nextest go_test unittest phpunit | run red green failing before_push whole everything spec check unit push pushing",
    "testfirst failing test tdd first | fix bug mend write test",
    "flaky flaky intermittent fails known unstable rerun quarantine quarantined | sometimes random rerun red again failing fail test clock red_again",
    "endtoend e2e end-to-end playwright cypress maestro selenium detox system_tests capybara browser_tests | simulate browser acceptance click test android ios emulator",
    "fixtures fixture fixtures seed seeds seeded factory factories testdata sample invented dump dumps | dummy mock example realistic data laptop local generate card sandbox test_data",
    "simulator simulator simulated simulate bench mock sandbox emulator rig fake lab hardware | try real hardware without test play provoke point backend device real_one real_device try_this play",
    "coverage coverage threshold covered | cover percent branch untested",
    "benchmarking benchmark benchmarks load_test criterion k6 gatling | performance slow latency fast measure load profiling throughput",
    "snapshot snapshot snapshots golden goldens approval | update expected accept approved",
    "codegen generated codegen openapi swagger generator orval protoc stubs | generate client schema stub regenerate types",
    "buildtool makefile bazel gradle webpack vite cmake just taskfile turbo nx build | compile script command build bundle task target",
    "crosscompile cross toolchain armv7 aarch64 musl zigbuild cross-compile cross_compile | compile build target arm binary device board architecture",
    "runtime python node java ruby go rust php jdk kotlin swift interpreter version elixir deno dotnet | interpreter runtime upgrade newer syntax supports dockerfile which_version use",
    "framework rails django react vue svelte angular flask fastapi spring express laravel nextjs hotwire phoenix expo flutter framework | rewrite component frontend page form view controller switch",
    "state redux zustand mobx pinia recoil jotai store shared_state | state global context share",
    "forms form forms formik zod yup react-hook-form validated validation | validate validation field input submit required check",
    "styling css tailwind sass scss styled bootstrap | style card design colour look theme dark component layout",
    "icons icon icons svg phosphor feather lucide fontawesome assets | symbol picture image logo button glyph trash arrow",
    "uploads upload uploads photos photo images bucket s3 heic attachment attachments minio garage blob cover covers avif jpeg png webp | picture image iphone file upload photo large store save attach download format_for photo front",
    "navigation navigation router routes expo-router deep_link | navigate screen link route tab back url",
    "timezone timezone utc local_time winter_time clock iso8601 berlin zone timestamps | time times hour late early date dates abroad summer convert daylight clock_change departure arrival offset join",
    "timesource ntp clock battery uptime rtc gps_time | time timestamp 1970 boot wrong drift",
    "money money amounts cents øre decimal currency integers minor price prices | float price amount sum revenue total fee surcharge cost rounding discount store vat tax euro field",
    "payments payment payments debit debits stripe paypal adyen sepa gocardless psp provider acquirer mollie | pay card checkout charge collect bank account declined fee purchase buy subscription",
    "invoicing invoice invoices billing statement statements ledger bookkeeping settlement | bill credit receipt accounting finance due pdf print",
    "refunds refund refunds credited cancellation cancelled chargeback returned return | return cancel money_back free sent_back reimburse send_back sent_back give_back zurück bring_back",
    "pricing discount discounts voucher coupon fare fares tariff child half tariff | price family kid age senior student half promotion six year_old compute wrong_price",
    "quota limit limits quota rate at_most requests throttled cap minute | limit ratelimit rate_limit throttle often many times allowed maximum blocked parallel download calls fast",
    "retrying retry retries retried backoff timeout timeouts repeated idempotency | again attempts tries fails unreachable down repeat times_out jitter",
    "caching cache cached caching redis memcached ttl fragment varnish cdn evicted | stale old expire expiry invalidate clear shows disappear memory refresh",
    "queueing queue queues rabbitmq celery sidekiq sqs jobs worker workers background resque good_job bullmq oban events artemis activemq | job task async message enqueue background mail letter send later consumer tell service",
    "scheduling cron airflow dagster prefect orchestrator dag dags nightly scheduler flows | schedule nightly every night daily run weekly trigger automatically morning job",
    "streaming kafka redpanda stream streams topic topics broker schema_registry nats pulsar consumer | message messages consumer lag offset replay publish produce event events partition",
    "serialization json protobuf avro msgpack orjson nanopb flatbuffers fields cbor | serialize encode parse field message payload renumber add_field readable",
    "telemetrybus mqtt emqx mosquitto modbus opc can_bus bus serial rs485 baud | sensor send reading publish message connect broker wire telegram protocol parity",
    "http http client httpx axios requests fetch curl reqwest faraday | call outgoing request api get post header",
    "graphql graphql rest grpc soap trpc | endpoint query api protocol fewer call",
    "pagination pagination cursor keyset offset page_size | page pages next limit list many rows",
    "apiversion api version v1 v2 deprecated sunset header | old breaking version endpoint compatibility client",
    "errorsformat problem details rfc envelope error_code error_body codes | error status code 422 400 404 body response return fail message unknown",
    "identifiers id ids uuid ulid identifier keys number check_digit modulo crockford slug | key primary random generate validate number type_in code digits hash surrogate",
    "database database postgres postgresql mysql mariadb sqlite oracle mongodb cockroach dynamodb sql_server galera | db sql query table merge returning json column feature version upgrade server use which_database transaction",
    "historian timescaledb victoriametrics influxdb timeseries historian readings prometheus | query history temperatures series last_year measurements kept old values",
    "migrations migration migrations schema alembic flyway liquibase strong_migrations lock_timeout column columns concurrently | alter add column index drop rename table change lock backfill downtime",
    "transactions lock locks locking isolation deadlock row advisory select_for_update galera abort aborts abort transaction | concurrent double booked same race hold reserve conflict rolled_back cluster",
    "replica replica replicas standby read-only reporting | read heavy report query slow primary",
    "warehouse warehouse clickhouse snowflake bigquery redshift duckdb spark dask | olap column query engine pyspark big mosaics merge version",
    "modeling dbt marts mart model models incremental refresh | table view rebuild full build select",
    "latedata late lookback delayed watermark window | delay arrive reread days missing old",
    "datasplit split training validation holdout leak leaks fold | train evaluate test data set divide neighbours",
    "machinelearning training lstm boosting transformer neural regression features metric seed seeds mlflow accuracy | train model network recurrent deep learning evaluate results vary predict hyperparameter run fit evaluation",
    "gpu gpu a40 a100 cuda slurm partition cluster | card train big fast machine compute memory",
    "retention retention retained kept years months deleted purge archive purged archived ring_file | keep delete old older how_long remove history last clean expire days",
    "backup backup backups backed restore restored barman borg restic snapshot wal-g dump rman drill | lost recover get_back dropped accidentally deleted undo disaster back recovery emptied accident accidentally truncated overwritten gone wiped delete_by bring_back",
    "privacy privacy gdpr personal pii ibans consent anonymised anonymized data_protection names dsgvo | address addresses phone email birth customer person send american us third_party mask delete export user_data number log",
    "compression compression zstd gzip codec snappy lz4 brotli | compress size smaller disk space filling",
    "units unit units kilogram kilograms litres metres knots degrees celsius fahrenheit millimetres per_mille tonne micrometres points millimetres | convert per percent measure show display humidity weight temperature mm cm inch margin metre length lengths",
    "geodata latitude longitude coordinates epsg projection projections geotiff polygon raster gps geofence | position map distance coordinate crs multiply area point begin",
    "maps map maps tiles mapbox leaflet maplibre openstreetmap | map tile offline zoom layer",
    "emissions co2 carbon emission emissions climate | fuel energy consumption trip footprint",
    "configuration config settings configuration environment dotenv toml variables | setting env variable option parameter value override",
    "flags flag flags feature_flag flipper launchdarkly unleash toggle toggles feature kill_switch names | hide behind turn_off turn_on switch enable disable gradually experiment users only new toggle percent few_people only_a few people let_only",
    "secrets secret secrets vault bitwarden 1password sops sealed credentials masked safe keepass keepassxc encrypted | password token key api_key api-key credential put store where leak rotate certificate goes api token_go encrypt encryption decrypt",
    "certificates certificate certificates expire expired cert certs letsencrypt acme | tls renew expire connection handshake ssl valid cannot_connect",
    "signing signing signed signature keystore provisioning notarised cosign gpg | sign key apple upload build commit",
    "webhooks webhook webhooks hmac callback signature | callback verify really sender event comes_from receive",
    "authentication login pin session sso oauth oidc jwt token password sessions mfa | log_in log-in sign_in signin logout forgotten password user device logged stay cookie account who",
    "accounts account accounts access invite admin console seats licence | access permission invite role login developer store connect need",
    "vpn vpn tailscale wireguard headscale openvpn bastion jump teamviewer hosts smart_card ssh | network reach home remote office internal host connect access log_in machine plant site tunnel ssh production_machine server shell_on",
    "staging staging stage uat preview test_environment probe | url test try environment smoke backend host look curl realistic safe somewhere_safe try_it",
    "ports port ports listens listening | connect open firewall bind socket address",
    "containers docker container image images dockerfile alpine distroless slim base | build smaller base tag os compose image dockerfile",
    "registry registry harbor ecr ghcr artifactory nexus quay | push pull image publish artifact upload package",
    "kubernetes kubernetes k8s cluster namespace pods helm argo kubectl | pod deploy deployment replica restart memory limit logs shell exec node",
    "infrastructure terraform opentofu pulumi ansible infrastructure provisioning | server host apply infra cloud vm machine change resource plan",
    "continuousintegration ci pipeline pipelines runner runners jenkins gitlab github_actions buildkite | job build workflow red cd pipeline green fails inside",
    "storage bucket buckets s3 lake object_storage nas volume | file store save write folder path raw disk where",
    "localstorage asyncstorage mmkv keychain sqlite preferences encrypted | save store setting device offline persist local",
    "offline offline sync outbox store_and_forward ring link_down reconnect gateway | network connection later down dead radio lost without phone once_online keep",
    "push push notification notifications fcm apns | notify badge send message",
    "sms sms texts twilio text_message | send message number phone code reminder",
    "email mail email smtp mailjet postmark sendgrid relay postfix mailgun ses transactional | confirmation mail bounce newsletter arrive send spam letter customer receive never_arrives arrive arrives",
    "search search elasticsearch opensearch trigram pg_trgm typesense meilisearch algolia solr | find lookup autocomplete index",
    "pdf pdf prawn weasyprint wkhtmltopdf puppeteer print letter statements | print page document statement ticket receipt font letter",
    "exports export exports csv excel parquet xlsx ministry semicolons | send spreadsheet table numbers report file download government authority controllers deadline",
    "imports import importer feed feeds ftp sftp partner arrives record | load upload file format read parse supplier missing catalogue came",
    "scraping scraper crawler robots user-agent | scrape crawl block fetch page",
    "accessibility accessibility a11y contrast wcag screenreader px | read sunlight blind keyboard small hard_to_read large button colour touch see",
    "analytics analytics matomo amplitude posthog plausible tracking | track event click measure user",
    "mobile ios android xcode testflight flutter swiftui minimum | phone app device tablet oldest support old",
    "appstore store app_store play review testflight submitted | submit release apple google connect publish",
    "ota ota over-the-air over_the_air codepush eas_update | update patch hotfix without store review repair bypass quick fix",
    "browsers browser browsers safari chrome firefox edge supported oldest | support selector old css api feature can_i_use works",
    "dependencies renovate dependabot pinned vendored gems upgrade dependency | bump update upgrade library version newest gem package outdated crate crates",
    "licences licence license gpl agpl lgpl mit licences allowed embedding sspl copyleft | library use open-source copy legal may ship may_we include bundle use crate gem module",
    "memoryuse memory ram heap oom gb killed malloc buffers | leak large allocate buffer restarts killed disappears out_of_memory kill",
    "watchdog watchdog kick reset reboots | restarts reboot hangs loop long stuck",
    "concurrency threads workers pool parallel processes cores | parallel slow simultaneous many concurrency thread",
    "performance latency slow p95 p99 fast budget | slow fast speed time seconds performance",
    "firmware firmware flash flashed bootloader board boards controller controllers microcontroller stm32 | update device boot flash brick bricked board embedded",
    "numbers float floating point integer int16 integers fixed decimal | float double number declare compute round temperature rounding",
    "sensors sensor sensors calibration drift cable cables meter probe readings pulse pulses litres | reading wrong high low measure temperature calibrate off consumption times_too ten_times too_small too_large wrong_value",
    "hotspot threshold thresholds warning alarm temperature | hot warm cold heat high limit when",
    "safety safety zone atex hazardous officer relay | switch dangerous remote remotely allowed may",
    "duplicates duplicate dedupe idempotent idempotency twice | double same again unique copies",
    "renamed renamed rename formerly replaced moved closed gone decommissioned dead former | old new name where history still exist gone missing",
    "sites site sites plant plants codes code location | which where open closed list",
    "referencecodes codes list reference crop port lookup dictionary | code means new add missing which",
    "capacity capacity overbooking seats beds | sold places many above full",
    "orders order orders delivery deliveries booking bookings correction corrected correction edit readings | change edit correct wrong weight customer yesterday late fix_a_wrong last_month",
    "members member members customer customers client clients user users | user person account customer",
    "customerslife contract agreement partner partners sla | client firm company",
    "legal legal audit auditors regulator compliance law | rule allowed contract yearly evidence",
    "security security cve pentest mtls tls xss csp | patch vulnerability attack scan hole",
    "encoding utf8 encoding latin1 collation charset utf8mb4 | umlaut characters broken text bytes sort",
    "llm llm openai embeddings inference prompts model | ai prompt model completion",
    "decisions dead end tried dropped refused rejected voted replaced removed | why try again use instead rewrite switch go_back took way chose why_we",
    "notebooks notebook notebooks jupyter nbstripout output | commit notebook cell",
    "reproducible seed seeds random determinism reproducible | vary random same run result different",
    "weather weather forecast dwd stations rain | weather rain temperature wind data",
    "satellite satellite scene scenes sentinel copernicus cloud | image scene download cloud picture",
    "comments comment comments docstring docstrings | comment document explain",
    "devserver command start local dev server setup bootstrap | launch locally run start onboarding first_time",
    "exceptions exceptions expected result panic unwrap errors | throw catch error handle broken fail raise",
    "userinterface qt widgets qml gtk swing winforms electron | panel window dialog button screen ui user_interface rewrite",
    "apistyle graphql rest json:api hal hypermedia endpoint | endpoint partners api add_an_endpoint design expose",
    "vendoring vendored third_party dependencies submodule subtree | use library package add_library take",
    "royalty royalty royalties commission percent share | earn earns compute cut get author agent",
    "contracts contract contracts agreement agreements amended clause | sign change after_signing legal amendment",
    "fonts font fonts typeface glyphs | ship letter type kerning",
    "accountnumbers iban ibans encrypted cloak masked | account_number bank show number",
    "tax tax vat withholding customs | abroad author form pay percent",
    "encryption encrypted encryption aes tls ciphers sealed rsa | encrypt decrypt protect read_telegram key",
    "writes flash wear eeprom log_area ring wraps | store write each at_once often save",
    "transmission transmission transmissions battery duty_cycle airtime | send every minute often power energy",
    "daylight summer_time quarter_hours utc dst | day hour values 23 25 100 92 count missing double change",
    "recordings sabbatical leave parental holiday absence | back there away today in_office",
    "dns dns domain domains hostname cloudflare route53 | resolve point subdomain host name address",
    "cors cors csp origin origins | blocked request header browser domain",
    "theme dark theme themes | dark_mode light night colours switch",
    "barcodes qr barcode barcodes aztec scanner | scan code camera read ticket",
    "printers printer printers zebra zpl label_printer | print label paper receipt",
    "regions region regions frankfurt residency datacentre datacenter | hosted where country leave data host",
    "costs budget budgets spend finops | expensive cheap cost bill cloud",
    "rollback rollback roll_back rolled_back | undo bad_release go_back previous_version broken last_version revert_the",
    "hotfix hotfix hotfixes cherry-pick emergency | urgent quick_fix cherry_pick fix_now patch production",
    "localsetup docker-compose devcontainer tilt skaffold localstack compose | spin_up run_locally local_copy start_locally locally laptop",
    "envvars envrc direnv doppler environment_variables env_file | environment_variable env_var set_a variable",
    "passwords argon2 bcrypt scrypt hashed | hash password store_password",
    "previews preview previews review_app review_apps | my_branch show try url",
    "designs figma storybook sketch mockups designer | mockup design button screen component",
    "incidentreview review blame blameless postmortem | after outage incident learn",
};
// clang-format on

bool is_before(const TopicWord& a, const TopicWord& b) {
  return a.stem != b.stem ? a.stem < b.stem : a.topic != b.topic ? a.topic < b.topic : a.asks < b.asks;
}

// "sign_off" has the key of its two stems side by side.
std::uint32_t key_of(std::string_view word, route::Stemmer& stemmer) {
  std::uint32_t key = 0;
  for (std::size_t begin = 0; begin < word.size();) {
    const std::size_t end = std::min(word.find_first_of("_-", begin), word.size());
    const std::uint32_t stem = route::hash_of(stemmer.stem(word.substr(begin, end - begin)));
    key = begin == 0 ? stem : phrase_key(key, stem);
    begin = end + 1;
  }
  return key;
}

}  // namespace

std::vector<TopicWord> topic_words() {
  std::vector<TopicWord> words;
  route::Stemmer stemmer;
  for (const std::string_view row : topics) {
    std::uint32_t topic = 0, asks = 0;
    for (std::size_t begin = 0; begin < row.size();) {
      const std::size_t end = std::min(row.find(' ', begin), row.size());
      const std::string_view word = row.substr(begin, end - begin);
      if (begin == 0)
        topic = route::hash_of("topic " + std::string(word));
      else if (word == "|")
        asks = 1;
      else
        words.push_back({key_of(word, stemmer), topic, asks});
      begin = end + 1;
    }
  }
  std::sort(words.begin(), words.end(), is_before);
  words.erase(
      std::unique(words.begin(), words.end(),
                  [](const TopicWord& a, const TopicWord& b) { return a.stem == b.stem && a.topic == b.topic; }),
      words.end());
  return words;
}

}  // namespace cascade::recall
