// Topics: what people of a project write facts about, and the words by which others ask for them. A topic counts for
// less than a word and never twice with one. Data, general to the trade: no words of any organisation.
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
    "branching branch branches trunk main master checkout rebase mirror target upstream fork",
    "pullrequest pr pull merge mr review reviewer approve approval approver draft squash reviewers codeowners signoff",
    "committing commit commits message imperative changelog amend staged conventional",
    "tagging tag tags version bump semver release releases milestone build-number versioning",
    "releasing release releases ship shipping deploy deploys deployment publish live production rollout rollback golive window freeze store submit submission afternoon friday launch promote cutover breakfast weekend",
    "ticketing ticket tickets issue issues jira linear backlog board tracker sprint bug reference",
    "meeting meeting meetings standup retro retrospective demo hour present presentation calendar slot agenda schedule sync weekly planning",
    "ownership owner owners own owned owns belong belongs responsible responsibility maintainer contact approve decides decide ask who whom held",
    "holiday holiday vacation leave absent away replacement deputy cover",
    "alerting alert alerts alarm warning warnings pager oncall opsgenie pagerduty notification escalate escalation incident notify",
    "incident incident outage postmortem downtime broke broken lost overload failure",
    "channel channel slack teams chat mattermost discord post announce",
    "docs documentation docs document wiki readme adr handbook manual runbook diagram diagrams drawing",
    "diagrams diagram diagrams mermaid plantuml drawing flowchart graphviz excalidraw d2",
    "charting chart charts graph graphs plot colour color palette dashboard dashboards theme",
    "dashboards dashboard dashboards grafana kibana metabase tableau looker superset panel report reports spreadsheet excel",
    "personal laptop machine editor shell keyboard terminal os install homebrew dotfiles font vim emacs zsh fish tmux",
    "installing install installation add dependency dependencies package packages library upgrade pin lockfile requirements npm yarn pnpm bun pip uv poetry cargo gem composer maven gradle",
    "language english german french spanish norwegian translate translation locale languages answer mails mail letter write",
    "translation string strings text texts label labels translation translations i18n l10n locale locales wording copy key",
    "tone tone style wording brief short polite explain explanation",
    // code
    "linting lint linter linting eslint ruff flake8 pylint clippy biome rubocop golangci warnings formatter format black prettier rustfmt style rules sqlfluff checkstyle",
    "formatting format formatter formatting indent indentation reindent tabs spaces columns column width line-length quotes style prettier black",
    "typing type types typing mypy pyright typescript strict typecheck",
    "naming name names naming rename convention prefix suffix snake camel kebab case called title",
    "logging log logs logging logger logline logfmt structured tracing stdout span print console debug",
    "errortracking error errors crash crashes exception exceptions stack stacktrace trace traces sentry bugsnag glitchtip rollbar traceback source-map minified symbolication",
    "observability metric metrics trace traces telemetry prometheus opentelemetry exporter monitor monitoring span apm",
    "healthcheck health healthy liveness readiness probe probes alive ready ping heartbeat startup healthz",
    "testing test tests testing suite unit spec pytest jest vitest junit nextest run red green failing check before pushing",
    "flaky flaky flakes intermittent sometimes random rerun red again fails failing unstable quarantine",
    "endtoend e2e end-to-end playwright cypress maestro selenium detox simulate simulator browser acceptance",
    "fixtures fixture fixtures seed seeds factory factories testdata sample dummy mock mocks card sandbox",
    "coverage coverage cover covered threshold percent branch",
    "benchmarking benchmark benchmarks load performance slow latency speed profiling throughput",
    "snapshot snapshot snapshots golden approved expected update",
    "codegen generate generated generator codegen openapi swagger protobuf schema client stub stubs",
    "buildtool build builds make makefile just task bazel cmake gradle webpack vite script command commands compile compiler",
    "crosscompile compile cross toolchain target arm aarch64 musl binary architecture embedded device",
    "runtime python node java ruby go rust php interpreter runtime version jdk lts swift kotlin compiler",
    "framework framework django rails react vue svelte angular flask fastapi spring express laravel nextjs",
    "state state store redux zustand mobx pinia context shared global slice",
    "forms form forms field validate validation validator input schema formik zod valibot yup submit",
    "styling css tailwind styles design tokens theme sass colour color dark component components",
    "icons icon icons image images logo svg asset assets picture pictures photo photos",
    "navigation navigate navigation router route routing screen screens deep link links url scheme tab",
    "dates date dates time timezone utc clock hour hours local daylight offset timestamp departure arrival iso8601 abroad summer winter",
    "money money price prices amount amounts currency cents decimal float revenue fare fares cost costs fee surcharge discount tax vat rounding payment total invoice price rate rates",
    "payments payment payments pay card cards checkout purchase buy refund refunds charge declined psp stripe paypal adyen terminal",
    "invoicing invoice invoices billing bill credit receipt ledger accounting bookkeeping finance due",
    "refunds refund refunds cancel cancellation cancelled chargeback reimburse free return returns",
    "pricing discount discounts voucher coupon promotion campaign child children age adult senior family student half price fare",
    "quota limit limits quota rate ratelimit throttle throttling partners requests blocked ban times allowed maximum cap capped",
    "retrying retry retries retried backoff timeout timeouts times out attempts tries repeat again jitter unreachable",
    "caching cache cached caches caching ttl expire expiry redis memcached invalidate stale evict eviction memory store",
    "queueing queue queues broker rabbitmq kafka celery sqs topic topics worker workers job jobs background task tasks message messages async consumer producer redis event events",
    "scheduling cron schedule scheduled scheduler job jobs nightly airflow dagster orchestrator orchestration night morning daily dag dags workflow batch",
    "streaming kafka redpanda stream streams topic topics broker schema registry consumer lag offset partition replay protobuf avro messages",
    "serialization json protobuf avro msgpack serializer serialize encoding payload message messages orjson parse readable",
    "http http client request requests call calls outgoing fetch axios curl rest httpx endpoint",
    "graphql graphql rest grpc soap mqtt protocol transport send sends rpc wire",
    "pagination page pages pagination cursor offset list limit next",
    "apiversion api version v1 v2 deprecated header versioning compatibility endpoint",
    "errorsformat error errors problem status code codes response envelope body",
    "identifiers id ids identifier identifiers uuid ulid key keys primary random sequence hash surrogate",
    "database database db postgres postgresql mysql mariadb sqlite oracle sql server version migration query table tables returning merge",
    "migrations migration migrations migrate schema alembic flyway liquibase column table lock backfill alter drop rename downtime",
    "transactions transaction lock locks locking row isolation deadlock concurrent concurrency double booked booking hold reserve expiry",
    "replica replica replicas read replication reporting reports heavy query queries standby primary",
    "warehouse warehouse clickhouse snowflake bigquery redshift duckdb olap column engine keeper zookeeper",
    "modeling model models mart marts dbt incremental refresh rebuild full dimension staging snapshot lookback",
    "latedata late delay delayed days window arrive arrives lookback reread old history watermark",
    "retention retention keep kept days raw archive archived cold delete deleted deletion purge ttl old replay last older backup",
    "backup backup backups restore recovery recover snapshot dump disaster",
    "privacy privacy gdpr personal pii anonymize mask names phone consent delete deletion customer erase",
    "compression compression compress compressed codec zstd gzip size smaller disk space filling",
    "units unit units kilogram litre litres metre metres knot knots degrees celsius fahrenheit miles kilometre percent per",
    "geodata coordinates coordinate latitude longitude position positions geo gps polygon geofence map maps distance geometry tile tiles",
    "maps map maps tile tiles mapbox leaflet maplibre offline",
    "emissions co2 carbon emission emissions climate fuel energy consumption factor footprint",
    "configuration config configuration setting settings environment env variable variables dotenv toml yaml",
    "flags flag flags feature toggle toggles switch experiment rollout gradual kill turn enable disable launchdarkly unleash hide behind on off ab",
    "secrets secret secrets credential credentials password passwords token tokens api-key key keys vault sops sealed rotate rotation encrypt certificate certificates",
    "signing signing sign signed keystore certificate certificates upload key provisioning notarize apple play",
    "authentication login log-in logout sign-in session sessions sso oauth oidc jwt token cookie cookies authentication authorization permission permissions roles devices user account",
    "accounts account accounts access invite invitation admin console developer license licence seat member tester",
    "vpn vpn network tailscale wireguard internal home remote tunnel proxy firewall reach bastion host hosts",
    "staging staging stage test environment url backend preview sandbox simulator uat qa host endpoint smoke",
    "ports port ports listen listens listening bind socket open connect",
    "containers docker container containers image images dockerfile base alpine debian distroless registry push compose kubernetes pod shell helm tag",
    "registry registry registries image images push artifact artifacts package container harbor ecr ghcr mirror",
    "kubernetes kubernetes k8s cluster namespace pod pods helm kubectl node nodes replicas deployment memory requests limits",
    "infrastructure terraform pulumi ansible infrastructure server servers host hosting cloud aws gcp azure provision vm region",
    "continuousintegration ci pipeline pipelines runner runners jenkins gitlab actions job jobs build builds workflow red cd image inside xcode",
    "storage storage bucket buckets s3 blob file files upload uploads disk object path folder drive",
    "localstorage storage settings local offline persist asyncstorage device keychain preferences mmkv sqlite",
    "offline offline online sync network outbox queue connection later reconnect retry",
    "push push notification notifications fcm apns firebase badge send",
    "sms sms text message code resend phone number otp verification",
    "email email emails mail mails smtp relay postmark sendgrid confirmation deliver newsletter template",
    "search search searching elasticsearch opensearch solr index autocomplete typesense meilisearch fulltext",
    "pdf pdf pdfs print printing document ticket receipt fonts font weasyprint render",
    "reporting report reports export exports csv excel spreadsheet parquet finance figures numbers controllers deadline monthly quarterly",
    "webhooks webhook webhooks callback callbacks signature event hmac",
    "imports import imports export csv upload file files feed feeds partner supplier format load loader",
    "scraping scrape crawler robots user-agent block blocked api ban",
    "accessibility accessibility a11y contrast wcag screenreader keyboard",
    "analytics analytics tracking event events consent amplitude matomo posthog",
    "mobile ios android phone phones app apps store device devices tablet xcode testflight expo capacitor oldest supported minimum support",
    "appstore store stores submit submission app apps play apple review testflight",
    "ota update updates over-the-air codepush patch hotfix bypass without store review repair",
    "browsers browser browsers chrome safari firefox supported support old",
    "dependencies dependency dependencies library libraries upgrade version pin pinned lockfile renovate dependabot vendored fork license",
    "memoryuse memory leak leaks oom ram worker workers killed restart max requests heap",
    "concurrency thread threads parallel parallelism workers pool cores concurrency simultaneous slow",
    "performance slow latency speed fast timeout budget p95 p99 seconds performance",
    "hardware device devices sensor sensors box gateway agent firmware meter readings update field vehicle machine edge",
    "sensors sensor sensors reading readings meter calibration drift unit measurement measure noise flow",
    "duplicates duplicate duplicates dedupe deduplicate twice double times unique idempotent idempotency copies three",
    "renamed renamed rename sold replaced moved old new former formerly name history gone decommissioned retired missing",
    "reference code codes reference list lookup dictionary dictionaries reload table master country currency iso",
    "capacity capacity overbooking overbook seats seat seated sold tickets places quota above factor booked reservation reservations hold bed room",
    "delays delay delays delayed late lateness punctual actual planned schedule timetable banner eta",
    "customers customer customers client clients account contract contracts partner partners agreement",
    "legal legal law compliance audit auditor audits regulator deadline yearly report contract policy licence",
    "security security vulnerability cve patch tls mtls mutual certificate scan scanner pentest xss",
    "encoding encoding utf8 charset unicode latin1 encode decode byte bytes",
    "llm llm ai model models prompt openai claude embedding embeddings inference gpu training",
    "frontend frontend ui screen page component button banner layout modal",
    "commandline command commands run start local dev server launch locally setup bootstrap onboarding first",
};
// clang-format on

bool is_before(const TopicWord& a, const TopicWord& b) {
  return a.stem != b.stem ? a.stem < b.stem : a.topic < b.topic;
}

}  // namespace

std::vector<TopicWord> topic_words() {
  std::vector<TopicWord> words;
  route::Stemmer stemmer;
  for (const std::string_view row : topics) {
    std::uint32_t topic = 0;
    for (std::size_t begin = 0; begin < row.size();) {
      const std::size_t end = std::min(row.find(' ', begin), row.size());
      const std::string_view word = row.substr(begin, end - begin);
      if (begin == 0)
        topic = route::hash_of("topic " + std::string(word));
      else
        words.push_back({route::hash_of(stemmer.stem(word)), topic});
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
