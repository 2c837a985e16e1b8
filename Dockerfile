# The suite's image: the binary, certificates to verify HTTPS with, and a folder for the report. It has no shell, and
# nothing secret: the settings come when it is run. Needs BuildKit, and a clone of the repository as its context.
FROM --platform=$BUILDPLATFORM golang:1.26.11 AS build
ARG TARGETARCH
WORKDIR /src
COPY . .
RUN scripts/build "linux/$TARGETARCH"
RUN mkdir -p image/reports && mv "bin/conformance-linux-$TARGETARCH" image/conformance

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /src/image/conformance /conformance
COPY --from=build --chown=65532:65532 /src/image/reports /reports
USER 65532:65532
ENV KLEARSTACK_REPORT_DIR=/reports
VOLUME /reports
ENTRYPOINT ["/conformance"]
