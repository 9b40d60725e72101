# One image for web, worker and schedule; docker-compose.yml says which.
FROM python:3.12-slim-bookworm AS build
COPY requirements.txt /
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /requirements.txt

FROM python:3.12-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/plumbline STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --create-home plumbline \
    && install -d -o plumbline -g plumbline /var/lib/plumbline /srv/static
COPY --from=build /venv /venv
WORKDIR /app
COPY . .
# The key is for this step alone; the services get theirs from .env.
RUN if find locale -name "*.po" | grep -q .; then pybabel compile -d locale -D django; fi \
    && SECRET_KEY=collectstatic python manage.py collectstatic --noinput
USER plumbline
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--access-logfile", "-"]
