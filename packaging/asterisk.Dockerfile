# The Asterisk that outdial drives, from Debian's package, with the configuration and the prompts of asterisk/.

FROM debian:forky-slim
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends asterisk asterisk-core-sounds-en-gsm espeak-ng sox tini
WORKDIR /opt/outdial
COPY asterisk/pbx pbx
COPY asterisk/sounds sounds
COPY packaging/asterisk-entrypoint.sh entrypoint.sh
RUN sounds/render.sh speech sounds/prompts.tsv /usr/share/asterisk/sounds/outdial
RUN sounds/render.sh tones sounds/tones.tsv /usr/share/asterisk/sounds/outdial
RUN sounds/render.sh tones sounds/hold-music.tsv /usr/share/asterisk/moh/outdial
# Debian's own directories stay; everything else is ours.
RUN find pbx -maxdepth 1 -name '*.conf' ! -name asterisk.conf -exec cp {} /etc/asterisk/ \;
RUN { sed -n '/^\[directories\]/,/^\[options\]/p' /etc/asterisk/asterisk.conf | sed '$d'; cat pbx/asterisk.conf; } > /tmp/asterisk.conf && mv /tmp/asterisk.conf /etc/asterisk/asterisk.conf
RUN install -d -o asterisk -g asterisk /etc/asterisk/site /run/asterisk
EXPOSE 5060/udp 10000-10199/udp
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["asterisk", "-rx", "core waitfullybooted"]
ENTRYPOINT ["/usr/bin/tini", "--", "/opt/outdial/entrypoint.sh"]
CMD ["asterisk", "-f", "-U", "asterisk", "-G", "asterisk"]
