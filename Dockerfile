# outdial without Asterisk: it needs one only over the network (ARI and AMI). compose.yaml puts the two together.
# Every RUN line works in a bare Debian root too; packaging/prove-dockerfile.sh runs them in one.

FROM debian:trixie-slim AS build
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates g++ libnode-dev make nodejs npm python3
WORKDIR /opt/outdial
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
COPY vendor vendor
COPY packaging/node-modules.sh packaging/node-modules.sh
RUN bash packaging/node-modules.sh
COPY src src
RUN npm run build
RUN bash packaging/node-modules.sh --prune

FROM debian:trixie-slim
ENV DEBIAN_FRONTEND=noninteractive
# perl-base tells systemd of us where the container runs under it; it is part of every Debian.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates nodejs perl-base tzdata && rm -rf /var/lib/apt/lists
# The group's number is also in packaging/asterisk-entrypoint.sh: recordings are Asterisk's, and outdial deletes them.
RUN groupadd --system --gid 8480 outdial
RUN useradd --system --uid 8480 --gid outdial --home-dir /var/lib/outdial --create-home --shell /usr/sbin/nologin outdial
RUN install -d -o outdial -g outdial -m 0750 /var/lib/outdial /etc/outdial
WORKDIR /opt/outdial
COPY --from=build /opt/outdial/node_modules node_modules
COPY --from=build /opt/outdial/dist dist
COPY package.json LICENSE ./
COPY vendor vendor
COPY bin bin
COPY migrations migrations
COPY config config
RUN ln -s /opt/outdial/bin/outdial /usr/local/bin/outdial
ENV NODE_ENV=production
# Also for commands in the container, which would find the sample in config/ first.
ENV OUTDIAL_CONFIG=/etc/outdial/outdial.yaml
USER outdial
VOLUME /var/lib/outdial
EXPOSE 8480
# Draining waits for live conversations: give it at least as long as `drain` in outdial.yaml.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:8480/api/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/local/bin/outdial"]
CMD ["run"]
